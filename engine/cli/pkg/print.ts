import { type ActionResult, succeeded } from "../../pkg/report.js";
import { reportText } from "../../pkg/report-text.js";
import type { CliIo, ExitStatus } from "../command.js";

/** Prints what came of an action, for programs or for people, and gives the exit status. */
export function printAction(result: ActionResult, notes: readonly string[], json: boolean, io: CliIo): ExitStatus {
  const { salt } = result;
  const report = { ...result.report, notes: [...notes, ...result.report.notes] };
  if (json) printJson({ ...(typeof salt === "string" ? { salt } : salt), winrepo: report }, io);
  else io.stdout.write(reportText(report, io.cwd));
  return succeeded(result) ? 0 : 1;
}

export function printJson(value: object, io: CliIo): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
