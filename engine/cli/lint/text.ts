import type { LineTable } from "../../lines.js";
import type { Finding } from "../../lint/finding.js";
import type { Severity } from "../../problem.js";
import { visible } from "../../visible.js";
import type { Style, StyledText } from "../output.js";
import { countChanges, countSeverity, type LintReport } from "./report.js";

const styles: Readonly<Record<Severity, Style>> = {
  error: "red",
  warning: "yellow",
  information: "cyan",
  hint: "grey",
};
const widestLine = 160;

/** For people: the place, what is wrong, the source line with the range marked, what Salt would do, what to change. */
export function textReport(report: LintReport): StyledText {
  const changes = changeLines(report).flatMap((lines) => [lines, "\n"]);
  const findings = report.findings.flatMap((finding) => [...textFinding(finding, report), "\n"]);
  return [...changes, ...findings, summary(report)];
}

/** What was changed, file by file; or the changes themselves, where nothing was written. */
function changeLines({ fixed, isTrial }: LintReport): string[] {
  if (fixed.length === 0) return [];
  if (isTrial) return fixed.map(({ diff }) => diff);
  const lines = fixed.flatMap(({ file, changes }) => counted(changes).map((change) => `${file}: fixed: ${change}`));
  return [`${lines.join("\n")}\n`];
}

/** Each change once, with how often it was made. */
function counted(changes: readonly string[]): string[] {
  return [...new Set(changes)].map((change) => {
    const times = changes.filter((each) => each === change).length;
    return times > 1 ? `${change} (${times} times)` : change;
  });
}

function textFinding(finding: Finding, report: LintReport): StyledText {
  const lines = report.lines(finding.file);
  const start = lines?.position(finding.range.start) ?? { line: 0, character: 0 };
  const profiles = finding.everyProfile ? "" : ` [${finding.profiles.join(", ")}]`;
  const place = `${finding.file}:${start.line + 1}:${start.character + 1}`;
  const { severity, code } = finding;
  const out: string[] = [];
  if (finding.salt) out.push(`      = ${finding.salt}`);
  if (finding.advice) out.push(`      = help: ${finding.advice}`);
  if (finding.fix) out.push(`      = fix: ${finding.fix.title} (--fix)`);
  for (const { file, range, message } of finding.related) {
    const other = report.lines(file)?.position(range.start);
    out.push(`      = see: ${file}${other ? `:${other.line + 1}:${other.character + 1}` : ""}: ${message}`);
  }
  return [
    { text: place, style: "bold" },
    ": ",
    { text: severity, style: styles[severity] },
    `: ${finding.message}${profiles} `,
    { text: `(${code})`, style: "grey" },
    "\n",
    ...(lines ? excerpt(finding, lines) : []),
    ...out.map((line) => `${line}\n`),
  ];
}

function excerpt(finding: Finding, lines: LineTable): StyledText {
  const { start, end } = lines.range(finding.range);
  const text = lines.lineText(start.line);
  if (text === "") return [];
  // A very long line is shown from a little before the place.
  const from = text.length > widestLine ? Math.max(0, start.character - 40) : 0;
  const shown = text.slice(from, from + widestLine).replaceAll("\t", " ");
  const last = end.line > start.line ? text.length : end.character;
  const width = Math.max(1, Math.min(last, from + widestLine) - start.character);
  const number = String(start.line + 1).padStart(5);
  // Characters that are made visible, and secrets, take another room than they had.
  const before = visible(shown.slice(0, start.character - from)).length;
  const marked = Math.max(1, visible(shown.slice(0, start.character - from + width)).length - before);
  return [
    { text: `${number} |`, style: "grey" },
    ` ${shown}\n`,
    { text: "      |", style: "grey" },
    ` ${" ".repeat(before)}`,
    { text: "^".repeat(marked), style: styles[finding.severity] },
    "\n",
  ];
}

function summary(report: LintReport): string {
  const { findings, files, hiddenHints, baselined, skipped } = report;
  const fixed = report.isTrial ? 0 : countChanges(report);
  const errors = countSeverity(findings, "error");
  const warnings = countSeverity(findings, "warning");
  const rest = findings.length - errors - warnings;
  const notes = [
    count(rest, "note"),
    fixed > 0 ? `${fixed} fixed` : "",
    findings.some(({ fix }) => fix) ? `${findings.filter(({ fix }) => fix).length} fixable with --fix` : "",
    hiddenHints > 0 ? `${count(hiddenHints, "hint")} not shown (--hints)` : "",
    skipped > 0 ? `${count(skipped, "file")} passed over: no definitions` : "",
    baselined > 0 ? `${baselined} in the baseline` : "",
  ].filter((note) => note !== "" && note !== "0 notes");
  const head = `${count(files, "file")}: ${count(errors, "error")}, ${count(warnings, "warning")}`;
  return `${[head, ...notes].join(", ")}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
