import type { CommandLine } from "../plan/command-line.js";
import type { VersionDefinition } from "../plan/definition.js";
import type { CommandReport } from "../report.js";
import { statusOf } from "../run/launch.js";
import type { PackageOperation } from "../run/package-operation.js";
import type { PackageOutcome } from "../run/package-outcome.js";
import { correction } from "./corrections.js";
import { exitCodeMeaning } from "./exit-codes.js";
import { silentAdviceFor } from "./silent-advice.js";

/** A program that was run, and what it was run for. */
export interface RanProgram {
  readonly definition: VersionDefinition;
  readonly command: CommandLine;
  readonly report: CommandReport;
  /** The attribute that its flags stand in. */
  readonly flags: "install_flags" | "uninstall_flags";
}

/** Judges a program by its end: a failure settles the package's fate, whatever the registry says. */
export async function verifyProgram(
  operation: PackageOperation,
  outcome: PackageOutcome,
  program: RanProgram,
): Promise<void> {
  const { exitCode, timedOut, scheduled } = program.report;
  if (timedOut) return reportTimeout(operation, outcome, program);
  if (scheduled || statusOf(exitCode) !== "failed") return;
  const meaning = exitCode === undefined ? undefined : exitCodeMeaning(exitCode);
  const name = `${outcome.name} ${program.definition.version}`;
  const message = `${name}: the program ended with exit code ${exitCode}${meaning ? ` (${meaning})` : ""}.`;
  outcome.problem("exit-code", "error", message, program.flags);
  outcome.settle("failed", message);
}

/** The program showed a dialog, most likely, and waited for somebody who never comes. */
async function reportTimeout(
  operation: PackageOperation,
  outcome: PackageOutcome,
  { definition, command, flags }: RanProgram,
): Promise<void> {
  const { target, locator } = operation.context;
  const written = definition.flags(flags, undefined);
  const advice = await silentAdviceFor(target, command);
  const cause = written
    ? `\`${flags}: ${written}\` does not make it silent`
    : `\`${flags}\` has no switch to make it silent`;
  const cure = advice
    ? ` It is an ${advice.kind}; ${advice.flags} keeps it from asking.`.replace(/an (?![AEINaeio])/, "a ")
    : "";
  const message =
    `${outcome.name} ${definition.version}: the program was still running at the time limit (${shownTime(operation.timeoutMs)}) and was ` +
    `stopped. Most likely it shows a dialog and waits for a person: ${cause}.${cure} Under Salt it would wait for ever, in a session ` +
    "that nobody sees.";
  outcome.problem("hang", "error", message, flags);
  if (advice) {
    const to = written ? `${written} ${advice.flags}` : advice.flags;
    outcome.corrections.push(correction(definition, flags, to, `It is an ${advice.kind}.`, locator));
  }
  outcome.settle("failed", message);
}

function shownTime(milliseconds: number): string {
  return milliseconds < 120_000 ? `${milliseconds / 1000} seconds` : `${Math.round(milliseconds / 60_000)} minutes`;
}
