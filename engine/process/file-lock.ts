import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { makeFolder } from "../make-folder.js";
import { isRunning, startOf } from "../running-process.js";

/** Who holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** When the process started as the system counts it; tells a process from a later one with the same id. */
  readonly started?: string;
  /** When the lock was taken, ISO 8601. */
  readonly since: string;
  /** What is being done, for the person who has to wait. */
  readonly purpose: string;
}

export interface FileLock {
  /** The owner of a stale lock that was in the way: that process ended without releasing it. */
  readonly abandonedBy?: LockOwner;
  release(): void;
}

/** The lock is held by a living process (or one on another machine, of which nobody here knows whether it lives). */
export class LockedError extends Error {
  override readonly name = "LockedError";
  constructor(
    readonly file: string,
    readonly owner: LockOwner | undefined,
  ) {
    super(
      owner
        ? `Locked by process ${owner.pid} on ${owner.host} since ${owner.since}: ${owner.purpose}. Wait for it to end` +
            (owner.host === hostname() ? "." : `; if it cannot be running any more, remove ${file}.`)
        : `Locked, but ${file} does not say by whom. If nothing is running, remove it.`,
    );
  }
}

/**
 * Takes a lock that one process at a time can hold, or throws {@link LockedError} at once. A lock whose process is dead
 * is taken over. The file appears with its content in one step, so a reader never sees half of it.
 */
export function takeLock(file: string, purpose: string): FileLock {
  makeFolder(path.dirname(file));
  const started = startOf(process.pid);
  const own: LockOwner = {
    pid: process.pid,
    host: hostname(),
    ...(started !== undefined && { started }),
    since: new Date().toISOString(),
    purpose,
  };
  const text = `${JSON.stringify(own)}\n`;
  let abandonedBy: LockOwner | undefined;
  for (let attempt = 0; attempt < 20; attempt++) {
    if (create(file, text)) {
      removeDrafts(file);
      return { ...(abandonedBy && { abandonedBy }), release: () => release(file, text) };
    }
    const held = read(file);
    if (held === undefined) continue;
    const owner = parse(held);
    if (owner && isAlive(owner)) throw new LockedError(file, owner);
    // Empty is a lock in the making where there are no hard links, or one whose maker was killed at that moment.
    if (!owner && (held !== "" || ageOf(file) < 5000)) throw new LockedError(file, undefined);
    if (!removeStale(file, held)) continue;
    abandonedBy = owner;
  }
  throw new LockedError(file, parse(read(file) ?? ""));
}

/** False when the file is there already. */
function create(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // A file system without hard links: the file then appears empty for a moment.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS" && code !== "EACCES") throw error;
    return createPlain(file, text);
  } finally {
    rmSync(draft, { force: true });
  }
}

function createPlain(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a stale lock, by renaming it first: one that turns out to be a new lock of another process is restored. */
function removeStale(file: string, stale: string): boolean {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  const moved = read(aside);
  if (moved !== stale) create(file, moved ?? "");
  rmSync(aside, { force: true });
  return moved === stale;
}

/** Drafts of processes that were killed between writing one and linking it. */
function removeDrafts(file: string): void {
  const folder = path.dirname(file);
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(`${path.basename(file)}.`) ? /\.(?:stale-)?(\d+)$/.exec(name)?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(path.join(folder, name), { force: true });
  }
}

function release(file: string, text: string): void {
  // Not ours any more when somebody took it for stale, which a clock or a process id can make look so.
  if (read(file) === text) rmSync(file, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function parse(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<LockOwner> | null;
    return typeof owner?.pid === "number" && typeof owner.host === "string" ? (owner as LockOwner) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the owner may still be at work. Of another machine's processes nothing is known: they count as alive. */
function isAlive(owner: LockOwner): boolean {
  if (owner.host !== hostname()) return true;
  if (!isRunning(owner.pid)) return false;
  const started = startOf(owner.pid);
  return owner.started === undefined || started === undefined || owner.started === started;
}
