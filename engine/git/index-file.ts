import { createHash } from "node:crypto";
import type { Stats } from "node:fs";

/** A file of the checked-out commit. */
export interface IndexEntry {
  readonly path: string;
  /** Object id, 40 hexadecimal digits. */
  readonly oid: string;
  /** Git's mode: 0o100644, 0o100755, 0o120000 or 0o160000. */
  readonly mode: number;
  /** Of the file as it lies there; without it git compares the content. */
  readonly stats?: Stats;
}

const headerBytes = 62;

/**
 * Git's index, version 2, in one piece: isomorphic-git rewrites the whole file for each entry, which thousands of
 * changed definitions would feel.
 */
export function encodeIndex(entries: readonly IndexEntry[]): Buffer {
  const named = entries
    .map((entry) => ({ entry, name: Buffer.from(entry.path) }))
    .sort((a, b) => Buffer.compare(a.name, b.name));
  const parts: Buffer[] = [header(named.length)];
  for (const { entry, name } of named) parts.push(encodeEntry(entry, name));
  const content = Buffer.concat(parts);
  return Buffer.concat([content, createHash("sha1").update(content).digest()]);
}

function header(count: number): Buffer {
  const bytes = Buffer.from("DIRC\0\0\0\u0002\0\0\0\0", "latin1");
  bytes.writeUInt32BE(count, 8);
  return bytes;
}

function encodeEntry({ oid, mode, stats }: IndexEntry, name: Buffer): Buffer {
  // Entries are padded with one to eight zero bytes to a multiple of eight.
  const bytes = Buffer.alloc((headerBytes + name.length + 8) & ~7);
  const numbers = stats
    ? [...time(stats.ctimeMs), ...time(stats.mtimeMs), stats.dev, stats.ino, mode, stats.uid, stats.gid, stats.size]
    : [0, 0, 0, 0, 0, 0, mode, 0, 0, 0];
  for (const [index, number] of numbers.entries())
    bytes.writeUInt32BE(Number(BigInt.asUintN(32, BigInt(number))), 4 * index);
  bytes.write(oid, 40, "hex");
  bytes.writeUInt16BE(Math.min(name.length, 0xfff), 60);
  name.copy(bytes, headerBytes);
  return bytes;
}

/** Seconds and nanoseconds; a fraction of a millisecond does not survive in a number, and git then looks at the content. */
function time(milliseconds: number): [number, number] {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.floor((milliseconds - seconds * 1000) * 1_000_000)];
}
