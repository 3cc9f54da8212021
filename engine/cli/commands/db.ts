import path from "node:path";
import { type DatabaseDiff, diffDatabases, isSame } from "../../repo/db/database-diff.js";
import { decodeDatabase, type MachineDatabase } from "../../repo/db/machine-database.js";
import { type DatabaseFile, DatabaseFileError, readDatabaseFile } from "../../repo/db/read-database.js";
import { str } from "../../value/repr.js";
import type { Json } from "../../value/types.js";
import { visible } from "../../visible.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { buildRepository, countVersions, openRepository, plural, type RepositoryCliOptions } from "../repo/common.js";
import { databaseText, diffText } from "../repo/db-text.js";

interface ShowOptions {
  readonly json?: boolean;
}

interface DiffOptions extends RepositoryCliOptions {
  readonly repo?: string;
}

export const dbCommand: CliCommand = {
  register(program, io, run) {
    const db = program
      .command("db")
      .summary("look into a machine's winrepo.p, and compare it with the definitions")
      .description(
        "Reads the winrepo.p of a minion (below its cachedir: files/base/win/repo-ng/winrepo.p), which decides what " +
          "pkg.install finds there.",
      );
    db.command("show")
      .summary("show what a winrepo.p knows")
      .description(
        "Shows the packages and versions that a winrepo.p knows, and the definitions that genrepo refused on that machine. " +
          "Exit status 1 when there are such, or when the file is damaged.",
      )
      .argument("<file>", "the winrepo.p")
      .argument("[name...]", "show all that it says of these packages")
      .option("--json", "print it as JSON")
      .action(run((file: string, names: string[], options: ShowOptions) => show(file, names, options, io)));
    db.command("diff")
      .summary("tell how a winrepo.p differs from the definitions here")
      .description(
        "Answers why a machine does not see a package: compares its winrepo.p with what the definitions here come to for " +
          "one kind of machine. Names packages, versions and attributes that are missing there, there alone, or changed. " +
          "Exit status 1 when anything differs.",
      )
      .argument("<file>", "the winrepo.p")
      .option("-r, --repo <folder>", "the definitions (default: the project's folder)")
      .option("-p, --profile <name|file>", "the machine to render for (default: the project's first profile)")
      .option("--no-cache", "render every file, also those that did not change")
      .option("--json", "print it as JSON")
      .action(run((file: string, options: DiffOptions) => diff(file, options, io)));
  },
};

async function show(file: string, names: readonly string[], options: ShowOptions, io: CliIo): Promise<ExitStatus> {
  const { database, size, modified } = await readFile(file, io);
  const { packages, errors, problems } = database;
  const unknown = names.filter((name) => !packages.has(name));
  if (options.json) {
    const shown = names.length > 0 ? new Map([...packages].filter(([name]) => names.includes(name))) : packages;
    io.stdout.json(asJson({ file, modified: modified.toISOString(), ...database, packages: shown }));
  } else {
    io.stdout.write(databaseText(database, names));
    if (names.length === 0) {
      const counts = `${plural(packages.size, "package")}, ${plural(countVersions(packages), "version")}`;
      const made = modified.toISOString().slice(0, 16).replace("T", " ");
      io.stdout.write(`${counts}; ${plural(size, "byte")}, written ${made} UTC\n`);
    }
  }
  for (const name of unknown) io.stderr.write(`winrepo: ${visible(name)}: ${unknownReason(name, database)}\n`);
  return unknown.length + errors.size + problems.length > 0 ? 1 : 0;
}

function unknownReason(name: string, { errors, names }: MachineDatabase): string {
  const known = names.get(name);
  if (known !== undefined) return `that is the full_name of ${visible(known)}`;
  const refused =
    errors.size === 1 ? "a definition was refused there" : `${errors.size} definitions were refused there`;
  return `no package of that name in it${errors.size > 0 ? `; ${refused} (winrepo db show FILE names them)` : ""}`;
}

async function diff(file: string, options: DiffOptions, io: CliIo): Promise<ExitStatus> {
  const { database: there } = await readFile(file, io);
  const open = await openRepository(options.repo, options, io);
  const result = await buildRepository(open, options, io);
  const files = new Map(
    [...result.successList].flatMap(([name, packages]) => packages.map((each) => [str(each), name])),
  );
  const difference = diffDatabases(there, { database: decodeDatabase(result.winrepo), files });
  if (options.json) {
    const head = { file, folder: open.shown, profile: open.profile.name, same: isSame(difference) };
    io.stdout.json(asJson({ ...head, ...difference, problems: there.problems }));
  } else {
    io.stdout.write(diffText(difference, there.problems));
    io.stdout.write(closing(difference, open.shown, open.profile.name));
  }
  return isSame(difference) && there.problems.length === 0 ? 0 : 1;
}

function closing(difference: DatabaseDiff, folder: string, profile: string): string {
  return isSame(difference)
    ? `The machine finds what ${folder} defines for ${profile}.\n`
    : `Compared with ${folder} for ${profile}; name the machine's own facts with --profile (winrepo target capture).\n`;
}

/** @throws UsageError when the path names no file; Error with one sentence when it cannot be used */
async function readFile(named: string, io: CliIo): Promise<DatabaseFile> {
  try {
    return await readDatabaseFile(path.resolve(io.cwd, named));
  } catch (error) {
    if (error instanceof DatabaseFileError && error.isMisnamed) throw new UsageError(error.message);
    throw error;
  }
}

function asJson(value: unknown): Json {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, asJson(item)]));
  if (Array.isArray(value)) return value.map(asJson);
  if (value === null || typeof value !== "object") return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item)]));
}
