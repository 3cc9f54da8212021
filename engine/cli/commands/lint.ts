import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { ProfileError } from "../../config/parse-profile.js";
import type { ProjectConfig } from "../../config/project.js";
import { checkRuleCodes, describeProjectProblem } from "../../config/project-loader.js";
import { pathPurposes } from "../../config/project-path.js";
import { projectProfile } from "../../config/project-profiles.js";
import { UntrustedError } from "../../config/untrusted.js";
import { FileRefused, readRegularFile } from "../../files/read-regular-file.js";
import { Baseline, BaselineError, writeBaseline } from "../../lint/baseline.js";
import type { Finding } from "../../lint/finding.js";
import { finishAll, type LintFilesOptions, lintOptions } from "../../lint/lint.js";
import { ruleByCode } from "../../lint/rules/index.js";
import { replaceFile } from "../../replace-file.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { entriesNotLookedAt } from "../lint/baseline-entries.js";
import { type FileInFolder, foldersWithout, namedFiles, passedOverNote, readLintFiles } from "../lint/files.js";
import { fixFiles } from "../lint/fix-files.js";
import { githubReport } from "../lint/github.js";
import { jsonReport } from "../lint/json.js";
import { lintFiles } from "../lint/lint-files.js";
import { countSeverity, type LintReport } from "../lint/report.js";
import { sarifReport } from "../lint/sarif.js";
import { textReport } from "../lint/text.js";
import { collect } from "../options.js";
import { loadedProjectAt, plural } from "../repo/common.js";

interface LintCommandOptions {
  readonly profile?: readonly string[];
  readonly format: "text" | "json" | "sarif" | "github";
  readonly json?: boolean;
  readonly fix?: boolean;
  readonly diff?: boolean;
  readonly maxWarnings?: number;
  readonly hints?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly exclude: boolean;
  readonly allowEmpty?: boolean;
}

export const lintCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    program
      .command("lint")
      .summary("check definitions")
      .description(
        "Checks definitions for every machine of the project, and says what Salt would do with each mistake.",
      )
      .argument("[path...]", "definitions, or folders of them (default: this folder)")
      .option("-p, --profile <name|file>", "a machine to check for; may be given several times", collect)
      .addOption(
        new Option("--format <format>", "how findings are printed")
          .choices(["text", "json", "sarif", "github"])
          .default("text"),
      )
      .option("--json", "the same as --format json")
      .option("--fix", "make the changes that are safe")
      .option("--diff", "show what --fix would change, and change nothing")
      .option("--max-warnings <number>", "fail when there are more warnings", wholeNumber)
      .option("--hints", "print hints too")
      .option("--no-exclude", "lint also what the project file excludes")
      .option("--allow-empty", "succeed although a folder has no definitions")
      .option("--baseline <file>", "do not report the findings of this file")
      .option("--update-baseline", "write all present findings to the baseline file")
      .action(run((paths: string[], options: LintCommandOptions) => new LintRun(paths, options, io).run()));
  },
};

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(value);
}

class LintRun {
  readonly #paths: readonly string[];
  #failed = false;
  readonly #options: LintCommandOptions;
  readonly #io: CliIo;

  constructor(paths: readonly string[], options: LintCommandOptions, io: CliIo) {
    this.#options = options;
    this.#io = io;
    this.#paths = paths.length > 0 ? paths : ["."];
  }

  async run(): Promise<ExitStatus> {
    const project = await this.#project();
    const settings = this.#settings(project);
    const baselineFile = this.#options.baseline
      ? path.resolve(this.#io.cwd, this.#options.baseline)
      : project.lint.baseline;
    if (this.#options.updateBaseline && !baselineFile) {
      throw new UsageError("--update-baseline needs --baseline FILE, or lint.baseline in the project file");
    }
    const earlier = this.#baseline(baselineFile);
    const baseline = this.#options.updateBaseline ? Baseline.empty : earlier;

    const named = await namedFiles(this.#paths, project, this.#io, this.#options.exclude ? "all" : "none");
    const { files, passedOver } = await readLintFiles(named, project, this.#io, (file, error) =>
      this.#warn(`${file.shown}: ${error.message}`),
    );
    for (const { file, what } of passedOver) {
      if (file.named) this.#io.stderr.write(`winrepo: ${file.shown}: ${passedOverNote(what)}\n`);
    }
    for (const folder of await foldersWithout(files, this.#paths, this.#io)) {
      const why = passedOver.length > 0 ? `: ${plural(passedOver.length, "file")} passed over` : "";
      const message = `${folder}: no definitions found here${why}`;
      if (this.#options.allowEmpty) this.#io.stderr.write(`winrepo: ${message}\n`);
      else this.#warn(`${message}; with --allow-empty that is fine`);
    }
    const shown = new Map(files.map((file) => [file.path, file.shown]));
    const { documents, fixed } = await this.#lintAndFix(files, project, settings);

    const finished = finishAll(documents, settings);
    if (this.#options.updateBaseline && baselineFile) {
      const all = finished.flatMap(({ document, findings }) =>
        findings.map((finding): [Finding, typeof document.lines] => [finding, document.lines]),
      );
      const kept = entriesNotLookedAt(earlier, documents, this.#paths, project, this.#io);
      await replaceFile(baselineFile, writeBaseline(all, kept));
      const others = kept.reduce((sum, { count }) => sum + count, 0);
      const also = others > 0 ? `; ${others} of files that were not looked at stay` : "";
      const name = path.relative(this.#io.cwd, baselineFile);
      this.#io.stderr.write(`winrepo: ${plural(all.length, "finding")} written to ${name}${also}\n`);
      return this.#failed ? 1 : 0;
    }

    const lines = new Map(documents.map((document) => [shown.get(document.path) ?? document.path, document.lines]));
    const show = (file: string) => shown.get(file) ?? file;
    const all = finished.flatMap(({ findings }) => findings);
    const unknown = finished.flatMap(({ document, findings }) => baseline.unknown(findings, document.lines));
    const visible = this.#options.hints ? unknown : unknown.filter(({ severity }) => severity !== "hint");
    const report: LintReport = {
      files: files.length,
      findings: visible.map((finding) => ({
        ...finding,
        file: show(finding.file),
        related: finding.related.map((place) => ({ ...place, file: show(place.file) })),
      })),
      hiddenHints: unknown.length - visible.length,
      baselined: all.length - unknown.length,
      skipped: passedOver.length,
      fixed,
      isTrial: this.#options.diff ?? false,
      lines: (file) => lines.get(file),
    };
    this.#print(report);
    return this.#status(report, project);
  }

  async #project(): Promise<ProjectConfig> {
    const first = path.resolve(this.#io.cwd, this.#paths[0] as string);
    const isFolder = await stat(first).then(
      (status) => status.isDirectory(),
      () => false,
    );
    const loaded = loadedProjectAt(isFolder ? first : path.dirname(first), this.#io);
    for (const problem of [...loaded.problems, ...checkRuleCodes(loaded, new Set(ruleByCode.keys()))]) {
      const line = describeProjectProblem(loaded, problem, this.#io.cwd);
      if (problem.severity === "error") this.#warn(line);
      else this.#io.stderr.write(`winrepo: ${line}\n`);
    }
    const { config } = loaded;
    // Linting does not look at Salt's own configuration.
    const untrusted = config.untrusted.filter(({ setting }) => !setting.startsWith("salt."));
    if (untrusted.length > 0) throw new UntrustedError(config.root, untrusted);
    // Without a project file the paths of a baseline start where the person stands, whatever part is linted.
    return config.file === undefined ? { ...config, root: this.#io.cwd } : config;
  }

  #settings(project: ProjectConfig): LintFilesOptions {
    const fromCommand = this.#options.profile;
    const names = [...new Set(fromCommand ?? project.profiles)];
    const profiles = names.flatMap((name) => {
      try {
        return [projectProfile(project, name, fromCommand ? this.#io.cwd : project.root)];
      } catch (error) {
        if (!(error instanceof ProfileError)) throw error;
        // What the command line asks for must be; of the project's profiles the others still count.
        if (fromCommand) throw new UsageError(error.message);
        this.#warn(error.message);
        return [];
      }
    });
    if (profiles.length === 0) throw new UsageError("there is no profile left to check for");
    return lintOptions(project, profiles);
  }

  #baseline(file: string | undefined): Baseline {
    if (!file) return Baseline.empty;
    const name = path.relative(this.#io.cwd, file);
    if (!existsSync(file)) {
      if (this.#options.updateBaseline) return Baseline.empty;
      throw new UsageError(`baseline ${name}: no such file; write it with --update-baseline`);
    }
    try {
      return Baseline.parse(readRegularFile(file, pathPurposes.baseline).toString("utf8"));
    } catch (error) {
      if (error instanceof BaselineError || error instanceof FileRefused || (error as NodeJS.ErrnoException).code) {
        const wayOut = this.#options.updateBaseline ? "; remove it to begin a new one" : "";
        throw new UsageError(`baseline ${name}: ${(error as Error).message}${wayOut}`);
      }
      throw error;
    }
  }

  async #lintAndFix(
    files: readonly (FileInFolder & { readonly shown: string })[],
    project: ProjectConfig,
    options: LintFilesOptions,
  ) {
    const linted = await lintFiles(files, project, options.profiles, this.#io, ({ path }) =>
      this.#warn(`${path}: not finished, for it takes too much memory: nothing is known of it`),
    );
    const { fix, diff, hints } = this.#options;
    if (!fix && !diff) return { documents: linted.map(({ document }) => document), fixed: [] };
    return fixFiles(linted, project, options, this.#io, {
      hints: hints ?? false,
      write: !diff,
      failed: (message) => this.#warn(message),
    });
  }

  #print(report: LintReport): void {
    switch (this.#options.json ? "json" : this.#options.format) {
      case "json":
        this.#io.stdout.json(jsonReport(report));
        break;
      case "sarif":
        this.#io.stdout.json(sarifReport(report));
        break;
      case "github":
        this.#io.stdout.workflowCommands(githubReport(report));
        break;
      case "text":
        this.#io.stdout.styled(textReport(report));
    }
  }

  #status(report: LintReport, project: ProjectConfig): ExitStatus {
    const warnings = countSeverity(report.findings, "warning");
    const limit = this.#options.maxWarnings ?? project.lint.maxWarnings;
    if (limit !== undefined && warnings > limit) {
      this.#io.stderr.write(`winrepo: ${warnings} warnings are more than the ${limit} that are allowed\n`);
      return 1;
    }
    return this.#failed || countSeverity(report.findings, "error") > 0 ? 1 : 0;
  }

  /** Something could not be looked at: said in one line, and the rest goes on. */
  #warn(message: string): void {
    this.#failed = true;
    this.#io.stderr.write(`winrepo: ${message}\n`);
  }
}
