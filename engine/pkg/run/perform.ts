import { TargetError } from "../../target/target.js";
import { difference } from "../listing/difference.js";
import type { ActionResult } from "../report.js";
import { type PackageSelection, parseSelection, usageAnswer } from "../request.js";
import type { Listing, PackageOperation } from "./package-operation.js";
import { PackageOutcome } from "./package-outcome.js";

/** What distinguishes installing from removing. */
export interface Action {
  /** Does one package. What it throws is that package's failure, when it is about that package. */
  act(outcome: PackageOutcome, before: Listing): Promise<void>;
  /** Reads the registry when all is done; may wait for changes that come late. */
  readAgain(before: Listing, outcomes: readonly PackageOutcome[]): Promise<Listing>;
  /** Judges one package, whose programs did not fail, by what the registry says in the end. */
  verify(outcome: PackageOutcome, before: Listing, after: Listing): Promise<void>;
}

/**
 * The way of every action (salt-reference §7, §8): list, do each package, list again, and answer with the difference
 * over the statuses. The registry is read between packages as well, so that a change is credited to the one that made
 * it.
 */
export async function perform(
  operation: PackageOperation,
  selection: PackageSelection,
  action: Action,
): Promise<ActionResult> {
  const parsed = parseSelection(selection);
  if (!parsed) return { salt: usageAnswer, report: operation.report([]) };
  operation.notes.push(...parsed.notes);
  await operation.context.locator?.open(parsed.wanted.map(({ name }) => name));
  const outcomes = parsed.wanted.map((wanted) => new PackageOutcome(operation, wanted));
  operation.begin(parsed.wanted.map(({ name, version }) => (version === undefined ? name : `${name}=${version}`)));
  let finished = false;
  try {
    const before = await operation.list();
    let last = before;
    for (const [index, outcome] of outcomes.entries()) {
      await attempt(operation, outcome, () => action.act(outcome, before));
      if (!outcome.ran || index === outcomes.length - 1) continue;
      const now = await readAgain(operation, () => operation.list());
      if (!now) continue;
      outcome.credit(last, now);
      last = now;
    }
    const ran = outcomes.some((outcome) => outcome.ran);
    const after = ran ? await readAgain(operation, () => action.readAgain(before, outcomes)) : before;
    if (after) {
      if (outcomes.at(-1)?.ran) outcomes.at(-1)?.credit(last, after);
      for (const outcome of outcomes) {
        if (outcome.ran) await verified(operation, outcome, () => action.verify(outcome, before, after));
      }
    }
    const changes = after ? difference(before.packages, after.packages) : {};
    finished = true;
    return { salt: { ...operation.answers, ...changes }, report: operation.report(outcomes) };
  } finally {
    operation.end(finished ? "done" : operation.context.signal?.aborted ? "cancelled" : "failed");
  }
}

/** A machine that restarts itself cannot be asked what has changed; what was done is told all the same. */
async function readAgain(operation: PackageOperation, read: () => Promise<Listing>): Promise<Listing | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    operation.notes.push(`What has changed cannot be read: ${error.message}`);
    return undefined;
  }
}

async function attempt(operation: PackageOperation, outcome: PackageOutcome, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    outcome.fail(operation.asFailure(error));
  }
}

/** The program has run, so Salt's answer stands; only what we make of it is in doubt. */
async function verified(operation: PackageOperation, outcome: PackageOutcome, verify: () => Promise<void>) {
  try {
    await verify();
  } catch (error) {
    const { message, details } = operation.asFailure(error);
    outcome.problem(details.code, "error", message);
    outcome.settle("doubtful", message);
  }
}
