import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";

/** Why a file is not read, in words that go behind its name: "is no regular file", "is larger than 4 MB". */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
}

export interface ReadLimits {
  readonly maxBytes: number;
  /** False: a symbolic link in the file's place is refused. Default true. */
  readonly followLinks?: boolean;
}

/**
 * The bytes of a regular file. A pipe, which could wait for ever, and a device, which may never end, are refused before
 * they are opened; a file that grows while it is read ends at the limit.
 * @throws FileRefused, or the system's error
 */
export function readRegularFile(file: string, { maxBytes, followLinks = true }: ReadLimits): Buffer {
  if (!statSync(file).isFile()) throw new FileRefused("is no regular file");
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const handle = openUnlinked(file, O_RDONLY | O_NONBLOCK | (followLinks ? 0 : O_NOFOLLOW));
  try {
    // Between the look and the opening another thing may have taken its place.
    const status = fstatSync(handle);
    if (!status.isFile()) throw new FileRefused("is no regular file");
    if (status.size > maxBytes) throw tooLarge(maxBytes);
    return readAll(handle, status.size, maxBytes);
  } finally {
    closeSync(handle);
  }
}

function openUnlinked(file: string, flags: number): number {
  try {
    return openSync(file, flags);
  } catch (error) {
    // What O_NOFOLLOW says to a link.
    if ((error as NodeJS.ErrnoException).code === "ELOOP") throw new FileRefused("is a symbolic link");
    throw error;
  }
}

function readAll(handle: number, expected: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (let size = Math.max(expected, 4096); ; size = 64 * 1024) {
    const chunk = Buffer.allocUnsafe(Math.min(size, maxBytes + 1 - total));
    const count = readSync(handle, chunk);
    if (count === 0) return Buffer.concat(chunks, total);
    total += count;
    if (total > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk.subarray(0, count));
  }
}

function tooLarge(maxBytes: number): FileRefused {
  const megabyte = 1024 * 1024;
  return new FileRefused(
    `is larger than ${maxBytes >= megabyte ? `${Math.floor(maxBytes / megabyte)} MB` : `${maxBytes} bytes`}`,
  );
}
