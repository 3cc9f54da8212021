import { constants, type Stats } from "node:fs";
import { access, open, readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
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
}

let counter = 0;

/**
 * Replaces a file atomically: written aside to its last byte first, then moved. Owner and mode of an earlier file stay,
 * and a symbolic link stays one. @throws WriteError
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  { fsync = true, keepFile = false }: ReplaceOptions = {},
): Promise<void> {
  counter += 1;
  let aside: string | undefined;
  try {
    const real = await realpath(file).catch(() => file);
    const before = await stat(real).catch(() => undefined);
    if (before && keepFile) await refuseReadOnly(real, before);
    // A pipe or a device is written to; it is not put aside for a file.
    if (before && !before.isFile() && !before.isDirectory()) return await writeFile(real, content);
    await removeAbandoned(path.dirname(real));
    aside = path.join(path.dirname(real), `.${path.basename(real)}.winrepo-${processMark()}-${counter}`);
    await writeAside(aside, content, before, fsync);
    if (before && keepFile && before.nlink > 1) await writeOver(real, content, fsync);
    else await rename(aside, real);
  } catch (error) {
    throw error instanceof WriteError ? error : new WriteError(file, writeFailure(error));
  } finally {
    if (aside !== undefined) await rm(aside, { force: true }).catch(() => undefined);
  }
}

const asideName = new RegExp(`\\.winrepo-(?<mark>${markPattern.source})-\\d{1,10}$`);
const looked = new Set<string>();

/** Files aside that killed runs left in a folder. Looked for once in each folder that is written to. */
async function removeAbandoned(folder: string): Promise<void> {
  if (looked.has(folder)) return;
  looked.add(folder);
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const mark = asideName.exec(entry.name)?.groups?.mark;
    if (!entry.isFile() || mark === undefined || !isAbandoned(mark)) continue;
    await rm(path.join(folder, entry.name), { force: true }).catch(() => undefined);
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
