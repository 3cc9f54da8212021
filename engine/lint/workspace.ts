import { comparePaths } from "../repo/file-order.js";
import { suggest } from "../suggest.js";
import { Collector } from "./collector.js";
import type { LintedDocument } from "./document.js";
import type { Finding } from "./finding.js";
import type { WorkspaceRule } from "./rule.js";
import { ruleByCode, rules } from "./rules/index.js";
import {
  refusedReport,
  unknownCodeReport,
  unknownSwitchReport,
  unusedReport,
  unusedSuppression,
} from "./rules/unused-suppression.js";
import type { LintSettings } from "./settings.js";
import type { DocumentSummary } from "./summary.js";
import { suppresses, unknownSwitches } from "./suppressions.js";

const workspaceRules = rules.filter((rule): rule is WorkspaceRule => rule.kind === "workspace");

/**
 * Findings that only show when files are seen together, by file. Works on the summaries alone, so an editor can run it
 * after each change of one file.
 */
export function lintWorkspace(summaries: readonly DocumentSummary[], settings: LintSettings): Map<string, Finding[]> {
  const ordered = [...summaries].sort((a, b) => comparePaths(a.path, b.path));
  const collectors = new Map<string, Collector>();
  const profiles = new Set(ordered.flatMap(({ profiles }) => [...profiles.keys()]));
  for (const rule of workspaceRules) {
    for (const profile of profiles) {
      rule.check(ordered, profile, (report) => {
        if (!settings.isOn(rule, report.file)) return;
        let collector = collectors.get(report.file);
        if (!collector) {
          collector = new Collector(report.file, [...profiles]);
          collectors.set(report.file, collector);
        }
        collector.add(rule, profile, report);
      });
    }
  }
  return new Map(
    [...collectors].map(([file, collector]) => [
      file,
      collector.findings(settings.forFile(file), (_, { severity }) => severity === undefined),
    ]),
  );
}

/** Whoever misspells more codes than this in one file does not read the suggestions. */
const mostSuggestions = 20;

/**
 * The findings of one file as they are shown: those of the file and those across files, without what the source
 * switches off, with the switches that switch off nothing; in the order of the text.
 */
export function finishDocument(
  document: LintedDocument,
  across: readonly Finding[],
  settings: LintSettings,
): readonly Finding[] {
  const { lines, path, profiles } = document;
  const suppressions = document.suppressions.map((suppression) => ({ ...suppression }));
  const kept = [...document.findings, ...across].filter(
    ({ code, range, rejected }) => !suppresses(suppressions, code, lines.lineAt(range.start), rejected),
  );
  const collector = new Collector(path, profiles);
  // What Salt drops today is not looked at by all rules: then a switch may be of use tomorrow.
  const isWhole = [...document.summary.profiles.values()].every(({ status }) => status === "ok");
  let unknown = 0;
  for (const suppression of suppressions) {
    const { code, used, refused } = suppression;
    if (refused !== undefined) {
      collector.add(unusedSuppression, undefined, refusedReport(suppression, refused));
    } else if (code !== undefined && !ruleByCode.has(code)) {
      const meant = unknown++ < mostSuggestions ? suggest(code, [...ruleByCode.keys()]) : undefined;
      collector.add(unusedSuppression, undefined, unknownCodeReport(suppression, meant));
    } else if (!used && isWhole) {
      collector.add(unusedSuppression, undefined, unusedReport(suppression));
    }
  }
  for (const unknown of unknownSwitches(lines).slice(0, mostSuggestions)) {
    collector.add(unusedSuppression, undefined, unknownSwitchReport(unknown));
  }
  const about = collector.findings(settings.forFile(path), () => false);
  return [...kept, ...about].sort((a, b) => a.range.start - b.range.start || (a.code < b.code ? -1 : 1));
}
