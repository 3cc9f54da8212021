import { fullMessage } from "../../lint/finding.js";
import type { Severity } from "../../problem.js";
import type { LintReport } from "./report.js";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Workflow commands: GitHub Actions shows them as annotations of the changed files. Lines and columns count from 1. */
export function githubReport(report: LintReport): string {
  return report.findings
    .map((finding) => {
      const range = report.lines(finding.file)?.range(finding.range);
      const start = range?.start ?? { line: 0, character: 0 };
      const end = range?.end ?? start;
      const properties: [string, string | number][] = [
        ["file", finding.file],
        ["line", start.line + 1],
        ["endLine", end.line + 1],
      ];
      // Columns are only allowed for a range on one line.
      if (start.line === end.line) {
        properties.push(["col", start.character + 1], ["endColumn", Math.max(start.character, end.character - 1) + 1]);
      }
      properties.push(["title", finding.code]);
      const shown = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(",");
      return `::${commands[finding.severity]} ${shown}::${escapeData(fullMessage(finding))}\n`;
    })
    .join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
