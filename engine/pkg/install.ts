import { windowsDirname } from "../fetch/cache-path.js";
import { isCachedScheme, splitUrl } from "../fetch/url.js";
import { type CommandLine, installCommand, lineOf } from "./choice/command-line.js";
import type { VersionDefinition } from "./choice/definition.js";
import { chooseInstallVersion } from "./choice/install-version.js";
import { msiexecProgram } from "./choice/msiexec-program.js";
import type { PkgContext, RunPolicy } from "./context.js";
import { PackageFailure } from "./failure.js";
import { checkSourceHash } from "./files/source-hash.js";
import { judgeInstall } from "./judge/judge-install.js";
import { judgeProgram } from "./judge/judge-program.js";
import type { ActionReport, ActionResult } from "./report.js";
import type { PackageSelection } from "./request.js";
import { statusOf } from "./run/launch.js";
import type { Outcome } from "./run/outcome.js";
import { perform } from "./run/perform.js";
import { type Listing, Session } from "./run/session.js";

export interface InstallOptions extends RunPolicy {
  /** Install also what is installed already. */
  readonly force?: boolean;
  /** Appended to `install_flags`; has an effect only when one package is asked for. */
  readonly extraInstallFlags?: string;
}

/**
 * `pkg.install` (spec §7). Answers what Salt answers; a package over which Salt would give up the whole call is a
 * located problem in the report, and the others are done.
 * @throws InvocationError when a list names a package twice
 * @throws TargetError when the machine cannot be reached at all, and the signal's reason when it is aborted
 */
export async function install(
  context: PkgContext,
  selection: PackageSelection,
  options: InstallOptions = {},
  action: ActionReport["action"] = "install",
): Promise<ActionResult> {
  const session = new Session(context, options, action);
  const several = (selection.pkgs?.length ?? selection.name?.split(",").length ?? 0) > 1;
  if (several && options.extraInstallFlags !== undefined) {
    session.notes.push("'extra_install_flags' argument will be ignored for multiple package targets");
  }
  const installer = new Installer(session, options.force ?? false, several ? undefined : options.extraInstallFlags);
  return perform(session, selection, {
    act: (outcome, before) => installer.act(outcome, before),
    readAgain: () => session.list(),
    judge: (outcome, before, after) => judgeInstall(session, outcome, before, after),
  });
}

class Installer {
  constructor(
    private readonly session: Session,
    private readonly force: boolean,
    private readonly extraFlags: string | undefined,
  ) {}

  async act(outcome: Outcome, before: Listing): Promise<void> {
    const { repo } = this.session.context;
    const choice = chooseInstallVersion(repo, outcome.wanted, before.packages.get(outcome.name), this.force);
    if (choice.kind === "present") {
      outcome.settle("unchanged", `${outcome.name} ${choice.version} is installed already.`);
      return;
    }
    const { definition } = choice;
    const file = await this.fetch(definition, outcome);
    const msiexec = await msiexecProgram(definition, this.session.context.target, outcome);
    const command = installCommand(definition, file, msiexec, this.extraFlags);
    await this.run(definition, command, windowsDirname(file), outcome);
  }

  private async fetch(definition: VersionDefinition, outcome: Outcome): Promise<string> {
    const files = outcome.use(definition);
    const location = definition.text("installer");
    if (!location) {
      throw new PackageFailure({
        code: "no-installer",
        key: "installer",
        message: `${definition.name} ${definition.version} has no installer.`,
        answer: { "no installer": definition.version },
      });
    }
    if (isCachedScheme(location) && splitUrl(location).query && splitUrl(location).scheme !== "salt") {
      outcome.problem(
        "query-in-name",
        "warning",
        "The address has a query, which becomes a part of the cached file's name and spoils its extension: " +
          "Windows may refuse to start it. Use an address without a query, or put the file on salt://.",
        "installer",
      );
    }
    const file = await files.installer(location);
    const isFetched = isCachedScheme(location) && splitUrl(location).scheme !== "file";
    await checkSourceHash(definition, file, {
      target: this.session.context.target,
      cache: this.session.cache,
      ...(isFetched && { url: location }),
      dryRun: this.session.dryRun,
    });
    return file;
  }

  private async run(definition: VersionDefinition, command: CommandLine, cwd: string, outcome: Outcome): Promise<void> {
    if (definition.flag("use_scheduler", false)) {
      await this.schedule(definition, command, cwd, outcome);
      return;
    }
    const report = await this.session.run(definition, command, cwd);
    outcome.commands.push(report);
    if (this.session.dryRun) {
      outcome.settle("planned", `Would run ${report.line}`);
      return;
    }
    outcome.answer({ "install status": statusOf(report.exitCode) });
    await judgeProgram(this.session, outcome, { definition, command, report, flags: "install_flags" });
  }

  /** Salt's minion is not waited for: its own installer would end the process that waits (spec §7.8). */
  private async schedule(
    definition: VersionDefinition,
    command: CommandLine,
    cwd: string,
    outcome: Outcome,
  ): Promise<void> {
    const isMinion = /salt[\s_.-]*minion/i.test(definition.name);
    const { report, started } = await this.session.schedule(definition, command, cwd, !isMinion);
    outcome.commands.push(report);
    if (this.session.dryRun) {
      outcome.settle("planned", `Would run ${lineOf(command)} as a scheduled task`);
    } else if (!started) {
      throw new PackageFailure({
        code: "task-failed",
        key: "use_scheduler",
        message: `The scheduled task for ${lineOf(command)} could not be started.`,
        answer: { "install status": "failed" },
      });
    } else if (isMinion) {
      outcome.answer({ "install status": "task started" });
      outcome.settle("started", "The scheduled task runs; nobody waits for its end.");
    }
  }
}
