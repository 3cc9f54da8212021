import {
  closeSync,
  constants,
  type Dirent,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { access, lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { isAbandoned, markPattern, processMark } from "./running-process.js";

/** A file could not be written; the message names it and says why, in one line. */
export class WriteError extends Error {
  override readonly name = "WriteError";

  constructor(
    readonly file: string,
    /** Why, without the file's name. */
    readonly reason: string,
  ) {
    super(`${file}: cannot be written: ${reason}`);
  }
}

export interface ReplaceOptions {
  /** False for what may be lost with the power. */
  readonly fsync?: boolean;
  /**
   * For a file that somebody else made: refused when it is read-only, although its folder is not, and written in place
   * when it has other names, so that they all show the new content.
   */
  readonly keepFile?: boolean;
  /**
   * False where we, and not the person, chose the name: a symbolic link in its place, which could lead anywhere, is
   * replaced itself, and so is a pipe or a device. By default what a link leads to is replaced, and a device written to.
   */
  readonly follow?: boolean;
}

/**
 * Replaces a file atomically: written aside to its last byte first, then moved. Owner and mode of an earlier file stay.
 * @throws WriteError
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  { fsync = true, keepFile = false, follow = true }: ReplaceOptions = {},
): Promise<void> {
  let aside: string | undefined;
  try {
    const real = follow ? await realpath(file).catch(() => file) : file;
    const before = follow ? await stat(real).catch(() => undefined) : await regularFile(real);
    if (before && keepFile) await refuseReadOnly(real, before);
    if (before && !before.isFile() && !before.isDirectory()) return await writeFile(real, content);
    aside = asideOf(real);
    await writeAside(aside, content, before, fsync);
    if (before && keepFile && before.nlink > 1) await writeOver(real, content, fsync);
    else await rename(aside, real);
  } catch (error) {
    throw error instanceof WriteError ? error : new WriteError(file, writeFailure(error));
  } finally {
    if (aside !== undefined) await rm(aside, { force: true }).catch(() => undefined);
  }
}

async function regularFile(file: string): Promise<Stats | undefined> {
  const status = await lstat(file).catch(() => undefined);
  return status?.isFile() ? status : undefined;
}

/**
 * Replaces a file among what Winrepo keeps, at once and for the user alone; a link in its place is replaced, never followed.
 * @throws WriteError
 */
export function replaceOwnFile(file: string, content: string): void {
  const aside = asideOf(file);
  try {
    const handle = openSync(aside, "wx", 0o600);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    throw new WriteError(file, writeFailure(error));
  }
}

let counter = 0;

/** Where a file is written before it is moved to its place. */
function asideOf(file: string): string {
  removeAbandoned(path.dirname(file));
  counter += 1;
  return path.join(path.dirname(file), `.${path.basename(file)}.winrepo-${processMark()}-${counter}`);
}

const asideName = new RegExp(`\\.winrepo-(?<mark>${markPattern.source})-\\d{1,10}$`);
const looked = new Set<string>();

/** Files aside that killed runs left in a folder. Looked for once in each folder that is written to. */
function removeAbandoned(folder: string): void {
  if (looked.has(folder)) return;
  looked.add(folder);
  for (const entry of entriesOf(folder)) {
    const mark = asideName.exec(entry.name)?.groups?.mark;
    if (!entry.isFile() || mark === undefined || !isAbandoned(mark)) continue;
    try {
      rmSync(path.join(folder, entry.name), { force: true });
    } catch {
      // Another run may be faster, or the folder read-only.
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function refuseReadOnly(file: string, { mode }: Stats): Promise<void> {
  if ((mode & 0o222) === 0) throw new WriteError(file, "it is read-only");
  await access(file, constants.W_OK);
}

async function writeAside(
  aside: string,
  content: string | Uint8Array,
  before: Stats | undefined,
  fsync: boolean,
): Promise<void> {
  const handle = await open(aside, "wx", before?.mode);
  try {
    await handle.writeFile(content);
    if (before) {
      // Only an administrator may give files away; then whoever edits it owns it, as with any editor.
      await handle.chown(before.uid, before.gid).catch(() => undefined);
      await handle.chmod(before.mode).catch(() => undefined);
    }
    if (fsync) await handle.sync();
  } finally {
    await handle.close();
  }
}

/** There is room for it: the same content lies aside already. */
async function writeOver(file: string, content: string | Uint8Array, fsync: boolean): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.truncate();
    await handle.writeFile(content);
    if (fsync) await handle.sync();
  } finally {
    await handle.close();
  }
}

const reasons: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EIO: "the device failed",
  EISDIR: "it is a folder",
  ENOENT: "there is no such folder",
  ENOSPC: "no space left on the device",
  ENOTDIR: "what it should lie in is no folder",
  EPERM: "the system does not allow it",
  EROFS: "the file system is read-only",
};

/** Why something cannot be written, as the end of a sentence. */
export function writeFailure(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}
