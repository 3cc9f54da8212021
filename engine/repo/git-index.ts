import { statSync } from "node:fs";
import path from "node:path";
import { readRegularFile } from "../files/read-regular-file.js";

/** An index that is larger is not read: then nothing is said of its checkout. */
const maxBytes = 64 * 1024 * 1024;
const entryBytes = 62;
const extended = 0x4000;

interface ReadIndex {
  readonly stamp: string;
  readonly paths: ReadonlySet<string> | undefined;
}

const known = new Map<string, ReadIndex>();

/**
 * The paths of the files that git knows in a checkout, with `/`; undefined where that cannot be told.
 * @param checkout the folder that has `.git`
 */
export function trackedFiles(checkout: string): ReadonlySet<string> | undefined {
  const file = path.join(checkout, ".git", "index");
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status?.isFile() || status.size > maxBytes) return undefined;
  const stamp = `${status.mtimeMs} ${status.size} ${status.ino}`;
  const before = known.get(checkout);
  if (before?.stamp === stamp) return before.paths;
  const paths = readPaths(readRegularFile(file, { maxBytes }));
  known.set(checkout, { stamp, paths });
  return paths;
}

/** Versions 2 and 3 of git's index format; the names of version 4 are packed. */
function readPaths(bytes: Buffer): Set<string> | undefined {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "DIRC") return undefined;
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) return undefined;
  const paths = new Set<string>();
  let at = 12;
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    if (at + entryBytes > bytes.length) return undefined;
    const nameAt = at + entryBytes + ((bytes.readUInt16BE(at + 60) & extended) !== 0 ? 2 : 0);
    const end = bytes.indexOf(0, nameAt);
    if (end < 0) return undefined;
    paths.add(bytes.toString("utf8", nameAt, end));
    at += (end - at + 8) & ~7;
  }
  return paths;
}

/**
 * The git checkout that update_git_repos keeps and that a file lies in without being a part of it: `<name>/_`
 * (salt-reference §10.5). It is lost with the next update.
 */
export function checkoutWithout(file: string): string | undefined {
  const parts = file.split(path.sep);
  const level = parts.lastIndexOf("_");
  if (level < 1 || level === parts.length - 1) return undefined;
  const checkout = parts.slice(0, level + 1).join(path.sep);
  const tracked = trackedFiles(checkout);
  if (!tracked || tracked.has(parts.slice(level + 1).join("/"))) return undefined;
  return checkout;
}
