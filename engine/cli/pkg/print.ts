import { type ActionResult, succeeded } from "../../pkg/report.js";
import { reportText } from "../../pkg/report-text.js";
import type { CliIo, ExitStatus } from "../command.js";
import type { WriteReport } from "../report/report-file.js";

/** How {@link printAction} tells of an action. */
export interface ActionOutput {
  /** What was asked for, e.g. `install hello`. */
  readonly title: string;
  readonly json?: boolean | undefined;
  readonly writeReport: WriteReport;
}

/** Prints what came of an action, for programs or for people, writes the report, and gives the exit status. */
export async function printAction(
  result: ActionResult,
  notes: readonly string[],
  { title, json, writeReport }: ActionOutput,
  io: CliIo,
): Promise<ExitStatus> {
  const { salt } = result;
  const report = { ...result.report, notes: [...notes, ...result.report.notes] };
  if (json) io.stdout.json({ ...(typeof salt === "string" ? { salt } : salt), winrepo: report });
  else io.stdout.write(reportText(report, io.cwd));
  const ok = succeeded(result);
  await writeReport({ title, ok, parts: [{ report }], notes: [] });
  return ok ? 0 : 1;
}
