import { readFile, stat } from "node:fs/promises";
import { definitionSizeLimit, sizeText } from "../definition/limits.js";
import { stoppedAt } from "../problem.js";

/** Why a file is not looked at. */
export class UnreadableFile extends Error {
  override readonly name: string = "UnreadableFile";
}

/** A pipe, a device and the like: Salt would open it, and perhaps wait for ever. */
export class NoRegularFile extends UnreadableFile {
  override readonly name = "NoRegularFile";
}

/** A limit of ours, none of Salt's. */
export class FileTooLarge extends UnreadableFile {
  override readonly name = "FileTooLarge";
}

/** What decides, before it is read, whether a file can be a definition (the part of `fs.Stats` that is asked). */
export interface FileStatus {
  readonly size: number;
  isFile(): boolean;
}

/** @throws UnreadableFile for what is no regular file (reading a pipe could wait for ever), or is too large */
export function checkReadable(status: FileStatus): void {
  if (!status.isFile()) throw new NoRegularFile("no regular file");
  if (status.size > definitionSizeLimit) {
    throw new FileTooLarge(
      stoppedAt(`The file has ${sizeText(status.size)}, more than ${sizeText(definitionSizeLimit)}.`),
    );
  }
}

/** The bytes of a definition. @throws UnreadableFile */
export async function readDefinition(absolute: string): Promise<Buffer> {
  try {
    checkReadable(await stat(absolute));
    return await readFile(absolute);
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(reasonOf(error as NodeJS.ErrnoException));
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return "a link to a file that is not there";
  return code === "EACCES" || code === "EPERM" ? "permission denied" : message;
}
