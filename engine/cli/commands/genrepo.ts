import { stat } from "node:fs/promises";
import path from "node:path";
import { WriteError } from "../../replace-file.js";
import { legacyGenrepo } from "../../repo/legacy.js";
import { saltReturn } from "../../repo/salt-return.js";
import { writeWinrepoFile } from "../../repo/winrepo-p.js";
import { toJson } from "../../value/convert.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import {
  buildRepository,
  countVersions,
  type OpenRepository,
  openRepository,
  plural,
  type RepositoryCliOptions,
  withRepositoryOptions,
} from "../repo/common.js";
import { genrepoText } from "../repo/genrepo-text.js";

interface GenrepoCliOptions extends RepositoryCliOptions {
  /** False with `--no-out`. */
  readonly out?: string | false;
  readonly verbose?: boolean;
  readonly failhard: boolean;
  readonly legacy?: boolean;
}

export const genrepoCommand: CliCommand = {
  register(program, io, run) {
    withRepositoryOptions(
      program
        .command("genrepo")
        .summary("make winrepo.p from a folder of definitions")
        .description(
          "Renders, checks and merges all definitions of a folder, as pkg.genrepo does on a minion, and writes winrepo.p. " +
            "Where Salt would give up the whole refresh, the file is named and the rest is built.",
        )
        .argument("[folder]", "the definitions (default: the project's folder)"),
    )
      .option("-o, --out <file>", "write winrepo.p there (default: into the folder itself, as Salt does)")
      .option("--no-out", "write nothing")
      .option("-v, --verbose", "name the files that are fine, too")
      .option("--failhard", "fail when a file failed", true)
      .option("--no-failhard", "succeed although files failed, as a refresh does that comes by itself")
      .option(
        "--legacy",
        "what the runner winrepo.genrepo makes of winrepo_dir, with a master's grains, for minions before 2015.8",
      )
      .action(run((folder: string | undefined, options: GenrepoCliOptions) => runGenrepo(folder, options, io)));
  },
};

async function runGenrepo(folder: string | undefined, options: GenrepoCliOptions, io: CliIo): Promise<ExitStatus> {
  const open = await openRepository(folder, options, io);
  const out = options.out === false ? undefined : await outFile(options.out, open, io);
  if (options.legacy) return runLegacy(open, out, options, io);
  const result = await buildRepository(open, options, io);
  const failure = await write(out, result.winrepo, options, io);
  if (options.json) {
    const { aborts, limited, notes, rendered, reused, elapsedMs } = result;
    const winrepo = {
      profile: open.profile.name,
      aborts,
      limited,
      notes,
      files: { rendered, reused },
      milliseconds: Math.round(elapsedMs),
      ...(out !== undefined && { out }),
    };
    io.stdout.json({ ...saltReturn(result, options.verbose ?? false), winrepo });
  } else {
    io.stdout.write(genrepoText(result, { verbose: options.verbose ?? false, profile: open.profile.name }));
    if (!failure) io.stdout.write(written(out, io));
  }
  if (failure) return 1;
  return result.aborts.length + result.limited.length > 0 || (options.failhard && result.failed > 0) ? 1 : 0;
}

async function runLegacy(
  { project, repository, profile }: OpenRepository,
  out: string | undefined,
  options: GenrepoCliOptions,
  io: CliIo,
): Promise<ExitStatus> {
  const result = await legacyGenrepo(repository.root, repository.renderer, { kept: project.kept, signal: io.signal });
  const failure = await write(out, result.winrepo, options, io);
  const { repo, nameMap, skipped, aborts, limited, notes, total } = result;
  if (options.json) {
    const salt = repo.size > 0 ? { repo: toJson(repo), name_map: toJson(nameMap) } : {};
    const winrepo = {
      profile: profile.name,
      files: { total },
      skipped,
      aborts,
      limited,
      notes,
      ...(out !== undefined && { out }),
    };
    io.stdout.json({ ...salt, winrepo });
  } else {
    for (const { file, reason } of skipped)
      io.stdout.write(`✗ ${file}: skipped without a word: ${reason.split("\n")[0]}\n`);
    for (const { file, reason } of aborts) io.stdout.write(`✗ ${file}: ends Salt's runner: ${reason}\n`);
    for (const { file, reason } of limited) io.stdout.write(`✗ ${file}: left out: ${reason}\n`);
    for (const note of notes) io.stdout.write(`! ${note}\n`);
    io.stdout.write(
      `${plural(total, "file")}, ${plural(repo.size, "package")}, ${plural(countVersions(repo), "version")} with the grains of ${profile.name}\n`,
    );
    if (!failure) io.stdout.write(written(out, io));
  }
  if (failure) return 1;
  return aborts.length + limited.length > 0 || (options.failhard && skipped.length > 0) ? 1 : 0;
}

function written(out: string | undefined, io: CliIo): string {
  return out === undefined
    ? "Nothing is written, as --no-out says.\n"
    : `Written to ${path.relative(io.cwd, out) || out}.\n`;
}

/** A failure is said in a line of its own, and what was found is printed all the same. @returns whether it failed */
async function write(
  out: string | undefined,
  content: Uint8Array,
  options: GenrepoCliOptions,
  io: CliIo,
): Promise<boolean> {
  if (out === undefined) return false;
  try {
    await writeWinrepoFile(out, content, { follow: typeof options.out === "string" });
    return false;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    io.stderr.write(`winrepo: ${error.message}; --out names another file, --no-out writes none\n`);
    return true;
  }
}

async function outFile(named: string | undefined, { database }: OpenRepository, io: CliIo): Promise<string> {
  if (named === undefined) return database;
  const file = path.resolve(io.cwd, named);
  const status = await stat(file).catch(() => undefined);
  if (status?.isDirectory()) return path.join(file, "winrepo.p");
  if (!(await stat(path.dirname(file)).catch(() => undefined))?.isDirectory()) {
    throw new UsageError(`${named}: there is no folder ${path.dirname(file)}`);
  }
  return file;
}
