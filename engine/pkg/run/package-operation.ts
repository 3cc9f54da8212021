import { CachePathError } from "../../fetch/cache-path.js";
import { CommandLineError } from "../../process/windows-quoting.js";
import { noProgress, type Progress } from "../../progress.js";
import { hasFeature } from "../../salt-version/features.js";
import { defaultSaltVersion, type SaltVersion } from "../../salt-version/salt-version.js";
import { withoutSecrets } from "../../secrets.js";
import { TargetError } from "../../target/target.js";
import { defaultTimeoutMs, type PkgContext, type RunPolicy } from "../context.js";
import { PackageFailure } from "../failure.js";
import { type InstallerCache, PlannedCache, TargetCache } from "../files/installer-cache.js";
import { PackageFiles } from "../files/package-file.js";
import { type InstalledEntry, installedSoftware } from "../installed-software.js";
import { type InstalledPackages, packagesOf } from "../list-pkgs.js";
import { type CommandLine, lineOf } from "../plan/command-line.js";
import type { VersionDefinition } from "../plan/definition.js";
import type { ActionReport, CommandReport, PackageProblem, PackageReport, SaltAnswer } from "../report.js";
import { realClock, type WallClock } from "./clock.js";
import { type Journal, noJournal } from "./journal.js";
import { checkCommand, type LaunchOptions, launch, rebootRequired, schedule } from "./launch.js";

/** What the registry said at one moment. */
export interface Listing {
  readonly entries: readonly InstalledEntry[];
  readonly packages: InstalledPackages;
}

/** One call of install or remove: the context with its defaults filled in, and what the call has gathered so far. */
export class PackageOperation {
  readonly answers: { [name: string]: SaltAnswer } = {};
  readonly cache: InstallerCache;
  readonly clock: WallClock;
  readonly dryRun: boolean;
  readonly notes: string[] = [];
  readonly timeoutMs: number;
  /** The Salt that it is done as. */
  readonly salt: SaltVersion;
  rebootRequired = false;
  readonly #journal: Journal;
  readonly #progress: Progress;
  /** Salt forgets the argument once it has used it. */
  #reportsReboot: boolean;
  readonly #policy: RunPolicy;
  readonly #action: ActionReport["action"];

  constructor(
    readonly context: PkgContext,
    policy: RunPolicy,
    action: ActionReport["action"],
  ) {
    this.#policy = policy;
    this.#action = action;
    this.clock = context.clock ?? realClock;
    this.#journal = context.journal ?? noJournal;
    this.#progress = context.progress ?? noProgress;
    this.dryRun = policy.dryRun ?? false;
    this.timeoutMs = policy.timeoutMs ?? defaultTimeoutMs;
    this.#reportsReboot = policy.reportRebootExitCodes ?? true;
    this.salt = context.salt ?? defaultSaltVersion;
    const { target, sources, saltenv, signal } = context;
    this.cache = this.dryRun
      ? new PlannedCache({ target, sources, ...(saltenv !== undefined && { saltenv }) })
      : new TargetCache({
          target,
          sources,
          progress: this.#progress,
          verifyTls: policy.verifyTls ?? true,
          ...(saltenv !== undefined && { saltenv }),
          ...(signal && { signal }),
        });
  }

  begin(packages: readonly string[]): void {
    if (!this.dryRun) this.#journal.write({ event: "start", action: this.#action, packages });
  }

  end(outcome: "done" | "failed" | "cancelled"): void {
    if (!this.dryRun) this.#journal.write({ event: "end", outcome });
  }

  /** Reads the registry. */
  async list(): Promise<Listing> {
    this.#progress.report({ message: "Reading the registry" });
    const { target, repo, signal } = this.context;
    const entries = await installedSoftware(target, {}, signal);
    return { entries, packages: packagesOf(entries, repo) };
  }

  report(outcomes: readonly { report(): PackageReport }[]): ActionReport {
    const { name, kind } = this.context.target;
    return {
      action: this.#action,
      target: { name, kind },
      dryRun: this.dryRun,
      rebootRequired: this.rebootRequired,
      packages: outcomes.map((outcome) => outcome.report()),
      notes: this.notes,
    };
  }

  files(definition: VersionDefinition): PackageFiles {
    return new PackageFiles(definition, this.cache, this.salt, (url) => {
      this.context.signal?.throwIfAborted();
      const shown = withoutSecrets(url);
      this.#progress.report({ message: `${definition.name} ${definition.version}: ${shown}` });
      if (!this.dryRun) this.#journal.write({ event: "fetch", package: definition.name, url: shown });
    });
  }

  /** Runs a command, or in a dry run only says which. */
  async run(definition: VersionDefinition, command: CommandLine, cwd: string | undefined): Promise<CommandReport> {
    checkCommand(command);
    if (this.dryRun) return { line: lineOf(command), ...(cwd && { cwd }) };
    this.#announce(definition, command, cwd, false);
    const report = await launch(this.context.target, command, this.#launchOptions(definition, cwd));
    this.#journal.write({
      event: "exit",
      package: definition.name,
      ...(report.exitCode !== undefined && { exitCode: report.exitCode }),
      ...(report.timedOut && { timedOut: true }),
    });
    if (report.exitCode === rebootRequired) await this.#recordRebootRequired();
    return report;
  }

  /**
   * Runs a command as a scheduled task. `started` is all that Salt checks; the exit code is not reported
   * (salt-reference §7.8).
   */
  async schedule(
    definition: VersionDefinition,
    command: CommandLine,
    cwd: string,
    wait: boolean,
  ): Promise<{ readonly report: CommandReport; readonly started: boolean }> {
    checkCommand(command);
    if (this.dryRun) return { report: { line: lineOf(command), cwd, scheduled: true }, started: true };
    this.#announce(definition, command, cwd, true);
    const result = await schedule(this.context.target, command, { ...this.#launchOptions(definition, cwd), wait });
    this.#journal.write({ event: "exit", package: definition.name });
    return result;
  }

  /** A failure as it is reported, with its place in the source. */
  problem(failure: PackageFailure, name: string, version: string | undefined): PackageProblem {
    const { code, key, message, salt, version: own = version } = failure.details;
    return this.located({
      code,
      severity: "error",
      package: name,
      message,
      ...(own !== undefined && { version: own }),
      ...(key !== undefined && { key }),
      ...(salt && { salt }),
    });
  }

  located(problem: PackageProblem): PackageProblem {
    const location = this.context.locator?.locate(problem.package, problem.version, problem.key)?.location;
    return location ? { ...problem, location } : problem;
  }

  /**
   * What one package's failure is. Whatever goes wrong with one, the others are done: only that the call was cancelled is
   * thrown on.
   */
  asFailure(error: unknown): PackageFailure {
    if (error instanceof PackageFailure) return error;
    this.context.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const isKnown =
      error instanceof TargetError || error instanceof CachePathError || error instanceof CommandLineError;
    const message = isKnown ? reason : `Winrepo could not go on with this package: ${reason}`;
    return new PackageFailure({ code: "run-failed", message }, { cause: error });
  }

  #announce(definition: VersionDefinition, command: CommandLine, cwd: string | undefined, scheduled: boolean): void {
    this.context.signal?.throwIfAborted();
    const line = withoutSecrets(lineOf(command));
    this.#progress.report({ message: `${definition.name} ${definition.version}: running ${line}` });
    this.#journal.write({
      event: "run",
      package: definition.name,
      line,
      ...(cwd && { cwd }),
      ...(scheduled && { scheduled: true }),
    });
  }

  #launchOptions(definition: VersionDefinition, cwd: string | undefined): LaunchOptions {
    const { signal } = this.context;
    const name = definition.get("full_name");
    const { version } = definition;
    return {
      ...(typeof name === "string" && { expected: { name, ...(version !== "latest" && { version }) } }),
      cwd,
      timeoutMs: this.timeoutMs,
      shell: this.#policy.shell ?? (hasFeature(this.salt, "no-comspec") ? "none" : "cmd"),
      ...(signal && { signal }),
    };
  }

  /** Salt's `system.set_reboot_required_witnessed`: a value that vanishes with the next start of Windows. */
  async #recordRebootRequired(): Promise<void> {
    this.rebootRequired = true;
    const report = this.#reportsReboot;
    this.#reportsReboot = true;
    if (!report) return;
    const key = "SYSTEM\\CurrentControlSet\\Services\\salt-minion\\Volatile-Data";
    try {
      await this.context.target.writeRegistry("HKLM", key, "Reboot required", { type: "REG_DWORD", data: 1 }, true);
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      this.notes.push(`The mark for a pending restart cannot be set there: ${error.message}`);
    }
  }
}
