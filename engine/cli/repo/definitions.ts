import path from "node:path";
import type { Command } from "commander";
import { saltVersionOf } from "../../config/profile.js";
import type { WinrepoData } from "../../repo/database.js";
import { readWinrepoFile, WinrepoFileError } from "../../repo/winrepo-p.js";
import { defaultSaltVersion, type SaltVersion } from "../../salt-version/salt-version.js";
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
  return (await queried(options, io)).data;
}

export interface Queried {
  readonly data: WinrepoData;
  /** The Salt that is asked. */
  readonly salt: SaltVersion;
}

/** The database that a query asks, and the Salt of the profile that it is asked as. */
export async function queried(options: QueryOptions, io: CliIo): Promise<Queried> {
  if (options.db !== undefined) {
    try {
      return { data: await readWinrepoFile(path.resolve(io.cwd, options.db)), salt: defaultSaltVersion };
    } catch (error) {
      throw error instanceof WinrepoFileError ? new UsageError(error.message) : error;
    }
  }
  const opened = await openRepository(options.repo, options, io);
  const result = await buildRepository(opened, options, io);
  if (result.failed > 0) {
    const files = result.failed === 1 ? "1 file is" : `${result.failed} files are`;
    io.stderr.write(`winrepo: ${files} left out because of errors; winrepo genrepo names them\n`);
  }
  return { data: result.data(), salt: saltVersionOf(opened.profile) };
}
