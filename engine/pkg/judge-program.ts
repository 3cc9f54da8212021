import type { VersionDefinition } from "./definition.js";
import { meaningOf } from "./exit-codes.js";
import { statusOf } from "./launch.js";
import type { Outcome } from "./outcome.js";
import type { CommandReport } from "./report.js";

/** Judges a program by its end: a failure settles the package's fate, whatever the registry says. */
export function judgeProgram(
  outcome: Outcome,
  definition: VersionDefinition,
  { timedOut, exitCode, scheduled }: CommandReport,
  verb: "install" | "uninstall",
): void {
  const flags = `${verb}_flags`;
  const name = `${outcome.name} ${definition.version}`;
  if (timedOut) {
    const written = definition.flags(flags, undefined);
    const message =
      `${name}: the program was still running at the time limit (${shownTime(outcome.timeoutMs)}) and was stopped. Most likely it ` +
      `shows a dialog and waits for a person: ${written ? `\`${flags}: ${written}\` does not make it silent` : `\`${flags}\` has no switch to make it silent`}. ` +
      "Under Salt it would wait for ever, in a session that nobody sees.";
    outcome.problem("hang", "error", message, flags);
    outcome.settle("failed", message);
    return;
  }
  if (scheduled || statusOf(exitCode) !== "failed") return;
  const meaning = exitCode === undefined ? undefined : meaningOf(exitCode);
  const message = `${name}: the program ended with exit code ${exitCode}${meaning ? ` (${meaning})` : ""}.`;
  outcome.problem("exit-code", "error", message, flags);
  outcome.settle("failed", message);
}

function shownTime(milliseconds: number): string {
  return milliseconds < 120_000 ? `${milliseconds / 1000} seconds` : `${Math.round(milliseconds / 60_000)} minutes`;
}
