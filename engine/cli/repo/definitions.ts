import path from "node:path";
import type { Command } from "commander";
import type { WinrepoData } from "../../repo/database.js";
import { readWinrepoFile, WinrepoFileError } from "../../repo/winrepo-p.js";
import { type CliIo, UsageError } from "../command.js";
import { buildRepository, openRepository, type RepositoryCliOptions, withRepositoryOptions } from "./common.js";

/** Options of the queries that need no machine. */
export interface QueryOptions extends RepositoryCliOptions {
  readonly repo?: string;
  readonly db?: string;
}

export function withQueryOptions(command: Command): Command {
  return withRepositoryOptions(command)
    .option("-r, --repo <folder>", "the definitions to ask (default: the project's folder)")
    .option("--db <file>", "a winrepo.p to ask instead");
}

/** The database that a query asks: a winrepo.p, or the definitions of a folder as they are now. */
export async function queriedData(options: QueryOptions, io: CliIo): Promise<WinrepoData> {
  if (options.db !== undefined) {
    try {
      return await readWinrepoFile(path.resolve(io.cwd, options.db));
    } catch (error) {
      throw error instanceof WinrepoFileError ? new UsageError(error.message) : error;
    }
  }
  const result = await buildRepository(await openRepository(options.repo, options, io), options, io);
  if (result.failed > 0) {
    const files = result.failed === 1 ? "1 file is" : `${result.failed} files are`;
    io.stderr.write(`winrepo: ${files} left out because of errors; winrepo genrepo names them\n`);
  }
  return result.data();
}
