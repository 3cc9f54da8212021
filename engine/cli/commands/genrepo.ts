import { stat } from "node:fs/promises";
import path from "node:path";
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
  readonly out?: string;
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
      .option("-o, --out <file>", "write winrepo.p there; without it nothing is written")
      .option("-v, --verbose", "name the files that are fine, too")
      .option("--failhard", "fail when a file failed", true)
      .option("--no-failhard", "succeed although files failed, as a refresh does that comes by itself")
      .option("--legacy", "the rules of the runner winrepo.genrepo, for minions before 2015.8")
      .action(run((folder: string | undefined, options: GenrepoCliOptions) => runGenrepo(folder, options, io)));
  },
};

async function runGenrepo(folder: string | undefined, options: GenrepoCliOptions, io: CliIo): Promise<ExitStatus> {
  const open = await openRepository(folder, options, io);
  const out = options.out === undefined ? undefined : await outFile(options.out, io);
  if (options.legacy) return runLegacy(open, out, options, io);
  const result = await buildRepository(open, options, io);
  if (out !== undefined) await writeWinrepoFile(out, result.winrepo);
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
    io.stdout.write(`${JSON.stringify({ ...saltReturn(result, options.verbose ?? false), winrepo }, null, 2)}\n`);
  } else {
    io.stdout.write(genrepoText(result, { verbose: options.verbose ?? false, profile: open.profile.name }));
    io.stdout.write(written(out, io));
  }
  return result.aborts.length + result.limited.length > 0 || (options.failhard && result.failed > 0) ? 1 : 0;
}

async function runLegacy(
  { project, repository, profile }: OpenRepository,
  out: string | undefined,
  options: GenrepoCliOptions,
  io: CliIo,
): Promise<ExitStatus> {
  const result = await legacyGenrepo(repository.root, repository.renderer, { kept: project.kept, signal: io.signal });
  if (out !== undefined) await writeWinrepoFile(out, result.winrepo);
  const { repo, nameMap, skipped, aborts, notes, total } = result;
  if (options.json) {
    const salt = repo.size > 0 ? { repo: toJson(repo), name_map: toJson(nameMap) } : {};
    const winrepo = {
      profile: profile.name,
      files: { total },
      skipped,
      aborts,
      notes,
      ...(out !== undefined && { out }),
    };
    io.stdout.write(`${JSON.stringify({ ...salt, winrepo }, null, 2)}\n`);
  } else {
    for (const { file, reason } of skipped)
      io.stdout.write(`✗ ${file}: skipped without a word: ${reason.split("\n")[0]}\n`);
    for (const { file, reason } of aborts) io.stdout.write(`✗ ${file}: ends Salt's runner: ${reason}\n`);
    for (const note of notes) io.stdout.write(`! ${note}\n`);
    io.stdout.write(
      `${plural(total, "file")}, ${plural(repo.size, "package")}, ${plural(countVersions(repo), "version")}\n`,
    );
    io.stdout.write(written(out, io));
  }
  return aborts.length > 0 || (options.failhard && skipped.length > 0) ? 1 : 0;
}

function written(out: string | undefined, io: CliIo): string {
  return out === undefined
    ? "Nothing is written; name a file with --out.\n"
    : `Written to ${path.relative(io.cwd, out) || out}.\n`;
}

async function outFile(named: string, io: CliIo): Promise<string> {
  const file = path.resolve(io.cwd, named);
  const status = await stat(file).catch(() => undefined);
  if (status?.isDirectory()) return path.join(file, "winrepo.p");
  if (!(await stat(path.dirname(file)).catch(() => undefined))?.isDirectory()) {
    throw new UsageError(`${named}: there is no folder ${path.dirname(file)}`);
  }
  return file;
}
