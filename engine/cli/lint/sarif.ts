import { type Finding, type Fix, fullMessage } from "../../lint/finding.js";
import { rules } from "../../lint/rules/index.js";
import type { Severity, Span } from "../../problem.js";
import { withoutSecrets } from "../../secrets.js";
import { version } from "../version.js";
import { isShowable, type LintReport } from "./report.js";

const levels: Readonly<Record<Severity | "off", string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
  off: "none",
};

const ruleIndex = new Map(rules.map((rule, index) => [rule.meta.code, index]));

/** SARIF 2.1.0, for code scanning. */
export function sarifReport(report: LintReport): object {
  const driver = {
    name: "winrepo",
    version,
    rules: rules.map(({ meta }) => ({
      id: meta.code,
      shortDescription: { text: meta.title },
      fullDescription: { text: `${meta.salt} ${meta.why}`.trim() },
      help: { text: `${meta.why}\n\nBad:\n\n${meta.example.bad}\nGood:\n\n${meta.example.good}` },
      defaultConfiguration: { level: levels[meta.severity], enabled: meta.severity !== "off" },
    })),
  };
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    results: report.findings.map((finding) => result(finding, report)),
  };
  return { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
}

function result(finding: Finding, report: LintReport): object {
  return {
    ruleId: finding.code,
    ruleIndex: ruleIndex.get(finding.code),
    level: levels[finding.severity],
    message: { text: fullMessage(finding) },
    locations: [location(finding.file, finding.range, report)],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((place, id) => ({
        id,
        message: { text: place.message },
        ...location(place.file, place.range, report),
      })),
    }),
    ...(finding.fix && isShowable(finding.fix) && { fixes: [fix(finding.file, finding.fix, report)] }),
    properties: { profiles: finding.profiles },
  };
}

function location(file: string, range: Span, report: LintReport): object {
  return { physicalLocation: { artifactLocation: artifact(file), region: region(file, range, report) } };
}

function artifact(file: string): object {
  return { uri: withoutSecrets(file).split("/").map(encodeURIComponent).join("/") };
}

function region(file: string, span: Span, report: LintReport): object {
  const range = report.lines(file)?.range(span);
  if (!range) return { startLine: 1 };
  return {
    startLine: range.start.line + 1,
    startColumn: range.start.character + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.character + 1,
  };
}

function fix(file: string, { title, edits }: Fix, report: LintReport): object {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifact(file),
        replacements: edits.map(({ range, newText }) => ({
          deletedRegion: region(file, range, report),
          insertedContent: { text: newText },
        })),
      },
    ],
  };
}
