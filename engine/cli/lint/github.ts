import { fullMessage } from "../../lint/finding.js";
import type { Severity } from "../../problem.js";
import type { WorkflowCommand } from "../output.js";
import type { LintReport } from "./report.js";

const commands: Readonly<Record<Severity, WorkflowCommand["command"]>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Workflow commands: GitHub Actions shows them as annotations of the changed files. Lines and columns count from 1. */
export function githubReport(report: LintReport): WorkflowCommand[] {
  return report.findings.map((finding) => {
    const range = report.lines(finding.file)?.range(finding.range);
    const start = range?.start ?? { line: 0, character: 0 };
    const end = range?.end ?? start;
    // Columns are only allowed for a range on one line.
    const columns = start.line === end.line && {
      col: start.character + 1,
      endColumn: Math.max(start.character, end.character - 1) + 1,
    };
    const lines = { line: start.line + 1, endLine: end.line + 1 };
    return {
      command: commands[finding.severity],
      properties: { file: finding.file, ...lines, ...columns, title: finding.code },
      message: fullMessage(finding),
    };
  });
}
