import type { LineRange } from "../../lines.js";
import { type Finding, type Fix, fullMessage } from "../../lint/finding.js";
import type { Span } from "../../problem.js";
import { countChanges, countSeverity, isShowable, type LintReport } from "./report.js";

const nowhere: LineRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** For programs: the shape of the command line's contract. Lines and characters count from 0. */
export function jsonReport(report: LintReport): object {
  const { findings } = report;
  const summary = {
    files: report.files,
    errors: countSeverity(findings, "error"),
    warnings: countSeverity(findings, "warning"),
    information: countSeverity(findings, "information"),
    hints: countSeverity(findings, "hint"),
    hiddenHints: report.hiddenHints,
    baselined: report.baselined,
    skipped: report.skipped,
    fixed: report.isTrial ? 0 : countChanges(report),
  };
  const changed = report.fixed.map(({ file, changes, diff }) => ({ file, changes, ...(report.isTrial && { diff }) }));
  return { findings: findings.map((finding) => jsonFinding(finding, report)), changed, summary };
}

function jsonFinding(finding: Finding, report: LintReport): object {
  const range = (file: string, span: Span) => report.lines(file)?.range(span) ?? nowhere;
  const fix = ({ title, edits }: Fix) => ({
    title,
    edits: edits.map((edit) => ({ range: range(finding.file, edit.range), newText: edit.newText })),
  });
  const suggestions = finding.suggestions.filter(isShowable);
  return {
    file: finding.file,
    code: finding.code,
    severity: finding.severity,
    message: fullMessage(finding),
    range: range(finding.file, finding.range),
    profiles: finding.profiles,
    related: finding.related.map((place) => ({
      file: place.file,
      range: range(place.file, place.range),
      message: place.message,
    })),
    ...(finding.fix && isShowable(finding.fix) && { fix: fix(finding.fix) }),
    ...(suggestions.length > 0 && { suggestions: suggestions.map(fix) }),
  };
}
