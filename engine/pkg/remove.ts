import { toBackslashes, windowsDirname } from "../fetch/cache-path.js";
import { isCachedScheme } from "../fetch/url.js";
import type { PkgContext, RunPolicy } from "./context.js";
import { PackageFailure } from "./failure.js";
import { difference } from "./listing/difference.js";
import { lineOf, removeCommandLine } from "./plan/command-line.js";
import type { VersionDefinition } from "./plan/definition.js";
import { expandVariables } from "./plan/expand-variables.js";
import { msiexecProgram } from "./plan/msiexec-program.js";
import { chooseRemovals } from "./plan/removal-versions.js";
import { uninstallerOf } from "./plan/uninstaller.js";
import type { ActionReport, ActionResult, CommandReport } from "./report.js";
import type { PackageSelection } from "./request.js";
import { statusOf } from "./run/launch.js";
import { type Listing, PackageOperation } from "./run/package-operation.js";
import type { PackageOutcome } from "./run/package-outcome.js";
import { perform } from "./run/perform.js";
import { verifyProgram } from "./verify/verify-program.js";
import { verifyRemoval } from "./verify/verify-removal.js";

export interface RemoveOptions extends RunPolicy {
  /** Appended to `uninstall_flags`. */
  readonly extraUninstallFlags?: string;
}

/** How long Salt waits for uninstallers that leave the work to another process, and how often it reads the registry. */
const changeTimeoutMs = 3000;
const changePollMs = 500;

/**
 * `pkg.remove`, and `pkg.purge`, which is the same (salt-reference §8). As with {@link install}, a package over which
 * Salt would give up the whole call is a located problem, and the others are done.
 */
export async function remove(
  context: PkgContext,
  selection: PackageSelection,
  options: RemoveOptions = {},
  action: ActionReport["action"] = "remove",
): Promise<ActionResult> {
  const operation = new PackageOperation(context, options, action);
  const remover = new Remover(operation, options.extraUninstallFlags);
  return perform(operation, selection, {
    act: (outcome, before) => remover.act(outcome, before),
    readAgain: (before, outcomes) => waitForChanges(operation, before, outcomes),
    verify: async (outcome, _before, after) => verifyRemoval(operation, outcome, after),
  });
}

class Remover {
  readonly #operation: PackageOperation;
  readonly #extraFlags: string | undefined;

  constructor(operation: PackageOperation, extraFlags: string | undefined) {
    this.#operation = operation;
    this.#extraFlags = extraFlags;
  }

  async act(outcome: PackageOutcome, before: Listing): Promise<void> {
    const choice = chooseRemovals(this.#operation.context.repo, outcome.wanted, before.packages.get(outcome.name));
    if (choice.kind === "absent") return outcome.absent(choice.answer, choice.summary);
    for (const removal of choice.removals) {
      try {
        if (removal instanceof PackageFailure) throw removal;
        await this.#one(removal, outcome);
      } catch (error) {
        // Another installed version of the package may still be removable.
        outcome.fail(this.#operation.asFailure(error));
      }
    }
  }

  async #one(definition: VersionDefinition, outcome: PackageOutcome): Promise<void> {
    const operation = this.#operation;
    const files = outcome.use(definition);
    const { location, key } = uninstallerOf(definition);
    const file = isCachedScheme(location)
      ? await files.uninstaller(location, key)
      : toBackslashes(await expandVariables(location, (name) => this.#variable(name)));
    const msiexec = await msiexecProgram(definition, operation.context.target, outcome);
    const command = removeCommandLine(definition, file, msiexec, this.#extraFlags);
    if (definition.flag("use_scheduler", false)) {
      const { report, started } = await operation.schedule(definition, command, windowsDirname(file), true);
      outcome.commands.push(report);
      if (!started) {
        throw new PackageFailure({
          code: "task-failed",
          key: "use_scheduler",
          message: `The scheduled task for ${lineOf(command)} could not be started.`,
          answer: { "uninstall status": "failed" },
        });
      }
    } else {
      const report = await operation.run(definition, command, undefined);
      outcome.commands.push(report);
      if (!operation.dryRun) {
        outcome.answer({ "uninstall status": statusOf(report.exitCode) });
        await verifyProgram(operation, outcome, { definition, command, report, flags: "uninstall_flags" });
      }
    }
    if (operation.dryRun && outcome.status !== "failed") outcome.settle("planned", `Would run ${lineOf(command)}`);
  }

  async #variable(name: string): Promise<string | undefined> {
    const reference = `%${name}%`;
    const value = await this.#operation.context.target.expandEnvironment(reference);
    return value === reference ? undefined : value;
  }
}

/** Reads the registry until every package that an uninstaller ran for has changed, or the time limit is reached. */
async function waitForChanges(
  operation: PackageOperation,
  before: Listing,
  outcomes: readonly PackageOutcome[],
): Promise<Listing> {
  const expected = outcomes.filter(({ commands }) => commands.some(mayHaveSucceeded)).map(({ name }) => name);
  const until = operation.clock.now() + changeTimeoutMs;
  for (;;) {
    const after = await operation.list();
    const changed = difference(before.packages, after.packages);
    if (expected.every((name) => name in changed)) return after;
    if (operation.clock.now() >= until) {
      operation.notes.push("Expected changes for package removal may not have occurred");
      return after;
    }
    await operation.clock.sleep(changePollMs, operation.context.signal);
  }
}

function mayHaveSucceeded({ scheduled, exitCode }: CommandReport): boolean {
  return scheduled === true || statusOf(exitCode) !== "failed";
}
