import path from "node:path";
import type { Profile } from "../../config/profile.js";
import type { ProjectConfig } from "../../config/project.js";
import { LineTable } from "../../lines.js";
import { fullMessage } from "../../lint/finding.js";
import { finishAll, lintOptions, sourceText } from "../../lint/lint.js";
import { makeFolder } from "../../make-folder.js";
import { replaceFile } from "../../replace-file.js";
import { type CatalogueFinding, type CatalogueView, renderCatalogue } from "../../repo/catalogue.js";
import { releasesOf, writeReleases } from "../../repo/export-releases.js";
import type { GenrepoResult } from "../../repo/genrepo.js";
import { str } from "../../value/repr.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { type FileInFolder, namedFiles, readLintFiles, slashes } from "../lint/files.js";
import { lintFiles } from "../lint/lint-files.js";
import { collect } from "../options.js";
import { buildRepository, type OpenRepository, openRepository, plural } from "../repo/common.js";

interface ExportOptions {
  readonly releases?: string;
  readonly html?: string;
  readonly title?: string;
  readonly profile?: readonly string[];
  readonly cache: boolean;
}

export const exportCommand: CliCommand = {
  register(program, io, run) {
    program
      .command("export")
      .summary("publish a repository: release lists and an HTML catalogue")
      .description(
        "Writes what others read of a repository: a JSON file of releases per package, as salt-winrepo-ng publishes and " +
          "Renovate reads, and one HTML page with packages, versions, architectures and findings.",
      )
      .argument("[folder]", "the definitions (default: the project's folder)")
      .option("--releases <folder>", "write <package>.json files there")
      .option("--html <file>", "write the catalogue there")
      .option("--title <text>", "the catalogue's title (default: the folder's name)")
      .option("-p, --profile <name|file>", "a machine to render for; may be given several times", collect)
      .option("--no-cache", "render every file, also those that did not change")
      .action(run((folder: string | undefined, options: ExportOptions) => runExport(folder, options, io)));
  },
};

async function runExport(folder: string | undefined, options: ExportOptions, io: CliIo): Promise<ExitStatus> {
  if (options.releases === undefined && options.html === undefined) {
    throw new UsageError("nothing to write: name a folder with --releases, a file with --html, or both");
  }
  const first = await openRepository(folder, { ...(options.profile?.[0] && { profile: options.profile[0] }) }, io);
  const views: CatalogueView[] = [];
  const profiles: Profile[] = [];
  const files = new Map<string, readonly string[]>();
  const left = new LeftOut();
  for (const profile of options.profile ?? first.project.profiles) {
    const open = await openRepository(folder, { profile }, io);
    const result = await buildRepository(open, options, io);
    for (const [file, names] of result.successList)
      files.set(file, [...new Set([...(files.get(file) ?? []), ...names.map(str)])]);
    left.add(result, open.profile.name);
    profiles.push(open.profile);
    views.push({ profile: open.profile.name, label: labelOf(open), data: result.data() });
  }
  // First what will be missing: also a write that fails does not hide it.
  for (const line of left.lines()) io.stderr.write(`winrepo: ${line}\n`);
  if (options.releases !== undefined) {
    const target = path.resolve(io.cwd, options.releases);
    const { written, removed } = await writeReleases(target, releasesOf(views.map(({ data }) => data)));
    const gone = removed.length > 0 ? `, ${removed.length} removed of packages that are gone` : "";
    io.stdout.write(`${plural(written.length, "release list")} in ${options.releases}${gone}\n`);
  }
  if (options.html !== undefined) {
    const page = await renderCatalogue({
      title: options.title ?? path.basename(first.repository.root),
      views,
      files,
      findings: await findingsOf(first, profiles, io),
      date: new Date(),
    });
    const target = path.resolve(io.cwd, options.html);
    makeFolder(path.dirname(target));
    await replaceFile(target, page);
    io.stdout.write(`Catalogue in ${options.html}\n`);
  }
  return left.isEmpty ? 0 : 1;
}

/** The definitions that could not be exported. */
class LeftOut {
  /** File → first line of the reason → machines. */
  readonly #files = new Map<string, Map<string, string[]>>();

  add({ failedList }: GenrepoResult, profile: string): void {
    for (const [file, messages] of failedList) {
      const reasons = this.#files.get(file) ?? new Map<string, string[]>();
      const reason = messages.join("; ").trim().split("\n")[0] ?? "";
      reasons.set(reason, [...(reasons.get(reason) ?? []), profile]);
      this.#files.set(file, reasons);
    }
  }

  get isEmpty(): boolean {
    return this.#files.size === 0;
  }

  lines(): string[] {
    return [...this.#files].flatMap(([file, reasons]) =>
      [...reasons].map(([reason, profiles]) => `${file} is left out for ${profiles.join(", ")}: ${reason}`),
    );
  }
}

/** What people call the machine. */
function labelOf({ profile }: OpenRepository): string {
  if (profile.name === "windows-amd64") return "64-bit";
  return profile.name === "windows-x86" ? "32-bit" : profile.name;
}

async function findingsOf(
  { project, repository }: OpenRepository,
  profiles: readonly Profile[],
  io: CliIo,
): Promise<CatalogueFinding[]> {
  const { files } = await readLintFiles(await namedFiles([repository.root], project, io), project, io, () => undefined);
  const lines = new Map(files.map((file) => [file.path, new LineTable(sourceText(file.source))]));
  const unfinished = ({ path }: FileInFolder) =>
    io.stderr.write(`winrepo: ${path}: not finished, for it takes too much memory: nothing is known of it\n`);
  const linted = await lintFiles(files, project, profiles, io, unfinished);
  const finished = finishAll(
    linted.map(({ document }) => document),
    lintOptions(project, profiles),
  );
  return finished
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== "hint")
    .map((finding) => ({
      file: belowRoot(finding.file, project, repository.root),
      line: (lines.get(finding.file)?.position(finding.range.start).line ?? 0) + 1,
      severity: finding.severity,
      message: fullMessage(finding),
      code: finding.code,
    }));
}

function belowRoot(file: string, project: ProjectConfig, root: string): string {
  return slashes(path.relative(root, path.resolve(project.root, file)));
}
