import { windowsDirname } from "../fetch/cache-path.js";
import { isCachedScheme, splitUrl } from "../fetch/url.js";
import { firstReleases, hasFeature } from "../salt-version/features.js";
import { formatSaltVersion } from "../salt-version/salt-version.js";
import type { PkgContext, RunPolicy } from "./context.js";
import { PackageFailure } from "./failure.js";
import { checkSourceHash } from "./files/source-hash.js";
import { type CommandLine, installCommandLine, lineOf } from "./plan/command-line.js";
import type { VersionDefinition } from "./plan/definition.js";
import { chooseInstallVersion } from "./plan/install-version.js";
import { msiexecProgram } from "./plan/msiexec-program.js";
import type { ActionReport, ActionResult } from "./report.js";
import type { PackageSelection } from "./request.js";
import { statusOf } from "./run/launch.js";
import { type Listing, PackageOperation } from "./run/package-operation.js";
import type { PackageOutcome } from "./run/package-outcome.js";
import { perform } from "./run/perform.js";
import { verifyInstall } from "./verify/verify-install.js";
import { verifyProgram } from "./verify/verify-program.js";

export interface InstallOptions extends RunPolicy {
  /** Install also what is installed already. */
  readonly force?: boolean;
  /** Appended to `install_flags`; has an effect only when one package is asked for. */
  readonly extraInstallFlags?: string;
}

/**
 * `pkg.install` (salt-reference §7). Answers what Salt answers; a package over which Salt would give up the whole call
 * is a located problem in the report, and the others are done.
 * @throws InvocationError when a list names a package twice
 * @throws TargetError when the machine cannot be reached at all, and the signal's reason when it is aborted
 */
export async function install(
  context: PkgContext,
  selection: PackageSelection,
  options: InstallOptions = {},
  action: ActionReport["action"] = "install",
): Promise<ActionResult> {
  const operation = new PackageOperation(context, options, action);
  const several = (selection.pkgs?.length ?? selection.name?.split(",").length ?? 0) > 1;
  if (several && options.extraInstallFlags !== undefined) {
    operation.notes.push("'extra_install_flags' argument will be ignored for multiple package targets");
  }
  const ignoresForce = action === "install" && !hasFeature(operation.salt, "force-installation");
  if (options.force && ignoresForce) {
    operation.notes.push(
      `Salt ${formatSaltVersion(operation.salt)} ignores 'force'; it counts since ${firstReleases("force-installation")}.`,
    );
  }
  const force = options.force === true && !ignoresForce;
  const installer = new Installer(operation, force, several ? undefined : options.extraInstallFlags);
  return perform(operation, selection, {
    act: (outcome, before) => installer.act(outcome, before),
    readAgain: () => operation.list(),
    verify: (outcome, before, after) => verifyInstall(operation, outcome, before, after),
  });
}

class Installer {
  readonly #operation: PackageOperation;
  readonly #force: boolean;
  readonly #extraFlags: string | undefined;

  constructor(operation: PackageOperation, force: boolean, extraFlags: string | undefined) {
    this.#operation = operation;
    this.#force = force;
    this.#extraFlags = extraFlags;
  }

  async act(outcome: PackageOutcome, before: Listing): Promise<void> {
    const { repo } = this.#operation.context;
    const choice = chooseInstallVersion(
      repo,
      outcome.wanted,
      before.packages.get(outcome.name),
      this.#force,
      this.#operation.salt,
    );
    if (choice.kind === "present") {
      outcome.settle("unchanged", `${outcome.name} ${choice.version} is installed already.`);
      return;
    }
    const { definition } = choice;
    const file = await this.#fetch(definition, outcome);
    const msiexec = await msiexecProgram(definition, this.#operation.context.target, outcome);
    const command = installCommandLine(definition, file, msiexec, this.#extraFlags);
    await this.#run(definition, command, windowsDirname(file), outcome);
  }

  async #fetch(definition: VersionDefinition, outcome: PackageOutcome): Promise<string> {
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
        "The address has a query, which becomes a part of the cached file's name and changes its extension: " +
          "Windows may refuse to start it. Use an address without a query, or put the file on salt://.",
        "installer",
      );
    }
    const file = await files.installer(location);
    const isFetched = isCachedScheme(location) && splitUrl(location).scheme !== "file";
    await checkSourceHash(definition, file, {
      target: this.#operation.context.target,
      cache: this.#operation.cache,
      ...(isFetched && { url: location }),
      dryRun: this.#operation.dryRun,
    });
    return file;
  }

  async #run(definition: VersionDefinition, command: CommandLine, cwd: string, outcome: PackageOutcome): Promise<void> {
    if (definition.flag("use_scheduler", false)) {
      await this.#schedule(definition, command, cwd, outcome);
      return;
    }
    const report = await this.#operation.run(definition, command, cwd);
    outcome.commands.push(report);
    if (this.#operation.dryRun) {
      outcome.settle("planned", `Would run ${report.line}`);
      return;
    }
    outcome.answer({ "install status": statusOf(report.exitCode) });
    await verifyProgram(this.#operation, outcome, { definition, command, report, flags: "install_flags" });
  }

  /** Salt's minion is not waited for: its own installer would end the process that waits (salt-reference §7.8). */
  async #schedule(
    definition: VersionDefinition,
    command: CommandLine,
    cwd: string,
    outcome: PackageOutcome,
  ): Promise<void> {
    const isMinion = /salt[\s_.-]*minion/i.test(definition.name);
    const { report, started } = await this.#operation.schedule(definition, command, cwd, !isMinion);
    outcome.commands.push(report);
    if (this.#operation.dryRun) {
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
