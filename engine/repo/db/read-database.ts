import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { MsgpackError } from "../msgpack.js";
import { decodeDatabase, type MachineDatabase } from "./machine-database.js";

/** A file that is not what was asked for, or cannot be used. One sentence: which file, what is wrong, what to do. */
export class DatabaseFileError extends Error {
  override readonly name = "DatabaseFileError";

  constructor(
    message: string,
    /** There is nothing at that path that could be a database: the caller named the wrong one. */
    readonly isMisnamed: boolean,
  ) {
    super(message);
  }
}

/** The database of the largest repositories known has about 3 MB. */
const sizeLimit = 64 * 1024 * 1024;

export interface DatabaseFile {
  readonly database: MachineDatabase;
  readonly size: number;
  readonly modified: Date;
}

/**
 * Reads a winrepo.p that came from a machine, and trusts nothing in it.
 * @throws DatabaseFileError
 */
export async function readDatabaseFile(file: string): Promise<DatabaseFile> {
  // Not to wait for a pipe that nobody writes to; Windows has no such flag.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch((error: NodeJS.ErrnoException) => {
    const missing = error.code === "ENOENT" || error.code === "ENOTDIR";
    throw new DatabaseFileError(`${file}: ${missing ? "there is no such file" : error.message}`, missing);
  });
  try {
    const status = await handle.stat();
    const { size, mtime } = status;
    if (!status.isFile()) {
      const kind = status.isDirectory() ? "a folder" : "no regular file";
      throw new DatabaseFileError(`${file} is ${kind}; name the winrepo.p itself`, true);
    }
    if (size > sizeLimit) {
      const megabytes = Math.round(size / 1024 / 1024);
      throw new DatabaseFileError(`${file} has ${megabytes} MB; no winrepo.p needs more than 64 MB`, false);
    }
    const bytes = await handle.readFile();
    return { database: decodeDatabase(bytes), size: bytes.length, modified: mtime };
  } catch (error) {
    if (!(error instanceof MsgpackError)) throw error;
    throw new DatabaseFileError(
      `${file} is no winrepo.p, or damaged: ${error.message}. Salt takes such a file for an empty repository: ` +
        "pkg.refresh_db on that machine makes it anew",
      false,
    );
  } finally {
    await handle.close();
  }
}
