import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { inflateSync } from "node:zlib";
import { GitError } from "./git-error.js";
import type { GitLimits } from "./limits.js";

const blob = 3;
const offsetDelta = 6;
const referenceDelta = 7;
const headerBytes = 12;
const checksumBytes = 20;
/** So often the event loop gets its turn: a signal must come through. */
const bytesPerTurn = 4 * 1024 ** 2;

interface PackedObject {
  readonly type: number;
  /** Bytes of the object, or of the difference that it is kept as. */
  readonly size: number;
  readonly dataAt: number;
  /** Where the object starts that a difference is to. */
  readonly base?: number;
}

/**
 * Unpacks each object of a pack once, and never more than it says that it has, so that what reads the pack afterwards
 * cannot be made to hold or to do more than the limits allow.
 * @returns how many objects it holds
 * @throws GitError for a damaged pack, or one beyond the limits
 */
export async function checkPack(pack: Buffer, limits: GitLimits, signal?: AbortSignal): Promise<number> {
  const end = pack.length - checksumBytes;
  const isPack = end >= headerBytes && pack.toString("latin1", 0, 4) === "PACK" && pack.readUInt32BE(4) === 2;
  if (!isPack || !createHash("sha1").update(pack.subarray(0, end)).digest().equals(pack.subarray(end))) throw damaged();
  const count = pack.readUInt32BE(8);
  if (count > limits.objects) throw beyond(`the repository has more than ${limits.objects} objects`);
  const depths = new Map<number, number>();
  let [at, total, sinceTurn, references] = [headerBytes, 0, 0, 0];
  for (let index = 0; index < count; index++) {
    const object = objectAt(pack, at, end);
    refuseSize(object.type, object.size, limits);
    const { content, used } = inflateAt(pack, object, end);
    let size = object.size;
    if (object.type === offsetDelta || object.type === referenceDelta) {
      size = resultSize(content);
      refuseSize(blob, size, limits);
      const depth = 1 + (object.base === undefined ? ++references : (depths.get(object.base) ?? 0));
      if (depth > limits.deltaDepth) throw beyond(`its objects differ from each other ${limits.deltaDepth} times over`);
      depths.set(at, depth);
    }
    at = object.dataAt + used;
    total += size + content.length;
    if (total > 2 * limits.totalBytes) throw tooMuch(limits);
    sinceTurn += size + content.length + 1000;
    if (sinceTurn > bytesPerTurn) {
      sinceTurn = 0;
      await turn();
      signal?.throwIfAborted();
    }
  }
  if (at !== end) throw damaged();
  return count;
}

function refuseSize(type: number, size: number, limits: GitLimits): void {
  // What a difference results in is not known here; it is checked as a file, and again where it is read.
  const most = type === blob || type >= offsetDelta ? limits.fileBytes : limits.listingBytes;
  if (size > most) throw beyond(`it holds an object of ${size} bytes, more than ${most}`);
}

export function tooMuch({ totalBytes }: GitLimits): GitError {
  return beyond(`its files have more than ${totalBytes / 1024 ** 2} MB together`);
}

export function tooLong(packBytes: number): GitError {
  return beyond(`the server sends more than ${packBytes / 1024 ** 2} MB`);
}

export function beyond(reason: string): GitError {
  return new GitError(
    `Winrepo stopped: ${reason}. A repository of definitions is far smaller; nothing was checked out`,
  );
}

function damaged(): GitError {
  return new GitError("what the server sent is no pack of git's, or a damaged one");
}

function objectAt(pack: Buffer, start: number, end: number): PackedObject {
  let at = start;
  const next = () => {
    if (at >= end) throw damaged();
    return pack[at++]!;
  };
  let byte = next();
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  for (let factor = 16; byte & 0x80; factor *= 128) {
    byte = next();
    size += (byte & 0x7f) * factor;
    if (!Number.isSafeInteger(size)) throw damaged();
  }
  if (type === 0 || type === 5) throw damaged();
  if (type === referenceDelta) return { type, size, dataAt: at + 20 };
  if (type !== offsetDelta) return { type, size, dataAt: at };
  byte = next();
  let distance = byte & 0x7f;
  while (byte & 0x80) {
    byte = next();
    distance = (distance + 1) * 128 + (byte & 0x7f);
    if (distance > start) throw damaged();
  }
  if (distance === 0 || distance > start) throw damaged();
  return { type, size, dataAt: at, base: start - distance };
}

function inflateAt(pack: Buffer, { size, dataAt }: PackedObject, end: number): { content: Buffer; used: number } {
  try {
    const chunkSize = Math.min(64 * 1024, Math.max(64, size + 1));
    const options = { maxOutputLength: Math.max(1, size), chunkSize, info: true } as const;
    const { buffer, engine } = inflateSync(pack.subarray(dataAt, end), options) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    if (buffer.length !== size) throw damaged();
    return { content: buffer, used: engine.bytesWritten };
  } catch (error) {
    throw error instanceof GitError ? error : damaged();
  }
}

/** A difference begins with two sizes: of what it is to, and of what it makes. */
function resultSize(delta: Buffer): number {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let factor = 1; at < delta.length; factor *= 128) {
      const byte = delta[at++]!;
      value += (byte & 0x7f) * factor;
      if (!(byte & 0x80)) return value;
    }
    throw damaged();
  };
  number();
  return number();
}
