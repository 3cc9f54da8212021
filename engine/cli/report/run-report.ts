import path from "node:path";
import type { SourceLocation } from "../../definition/definition-locator.js";
import type { InstalledEntry } from "../../pkg/installed-software.js";
import type {
  ActionReport,
  CommandReport,
  Correction,
  PackageProblem,
  PackageReport,
  PackageStatus,
} from "../../pkg/report.js";
import type { TryResult } from "../../pkg/try.js";
import { renderPage } from "../../repo/html-page.js";
import { plural } from "../repo/common.js";
import { runReportTemplate } from "./run-report-template.js";

/** What came of one command: its reports in order, and whether all is as it should be. */
export interface RunOutcome {
  /** What was asked for, e.g. `install hello`. */
  readonly title: string;
  readonly ok: boolean;
  /** One sentence; without one the packages are counted. */
  readonly verdict?: string;
  readonly parts: readonly { readonly title?: string; readonly report: ActionReport }[];
  readonly notes: readonly string[];
}

export interface ReportWorld {
  /** Places are shown relative to it. */
  readonly cwd: string;
  readonly date: Date;
}

type Tone = "good" | "bad" | "doubt" | "plain";

const tones: { readonly [status in PackageStatus]: Tone } = {
  installed: "good",
  removed: "good",
  unchanged: "plain",
  started: "plain",
  planned: "plain",
  doubtful: "doubt",
  failed: "bad",
};

/** An installation and a removal as one outcome. */
export function tryOutcome(operand: string, { ok, summary, install, remove, problems }: TryResult): RunOutcome {
  return {
    title: `try ${operand}`,
    ok,
    verdict: summary,
    parts: [
      { title: "Installing", report: install },
      ...(remove ? [{ title: "Removing", report: withLeftovers(remove, problems) }] : []),
    ],
    notes: [],
  };
}

/** What was left behind is told where the removal is told. */
function withLeftovers(report: ActionReport, problems: readonly PackageProblem[]): ActionReport {
  const left = problems.filter(({ code }) => code === "left-behind");
  const [first, ...others] = report.packages;
  return first ? { ...report, packages: [{ ...first, problems: [...first.problems, ...left] }, ...others] } : report;
}

/** One HTML page that needs nothing else, for people who were not there. Every text in it is escaped, without secrets. */
export async function renderRunReport(outcome: RunOutcome, world: ReportWorld): Promise<string> {
  const reports = outcome.parts.map(({ report }) => report);
  const target = reports[0]?.target;
  const restart = reports.some(({ rebootRequired }) => rebootRequired);
  return renderPage(runReportTemplate, {
    title: `winrepo ${outcome.title}`,
    target: target ? (target.kind === target.name ? target.name : `${target.name} (${target.kind})`) : "",
    date: `${world.date.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    dryRun: reports.some(({ dryRun }) => dryRun),
    tone: outcome.ok ? "good" : "bad",
    verdict: outcome.verdict || countText(reports.flatMap(({ packages }) => packages)),
    notes: [
      ...outcome.notes,
      ...reports.flatMap(({ notes }) => notes),
      ...(restart ? ["The target wants to be restarted."] : []),
    ],
    parts: outcome.parts.map(({ title, report }) => ({
      title: title ?? "",
      packages: report.packages.map((each) => packageView(each, world.cwd)),
    })),
  });
}

function countText(packages: readonly PackageReport[]): string {
  const counts = (Object.keys(tones) as PackageStatus[])
    .map((status) => [packages.filter((each) => each.status === status).length, status] as const)
    .filter(([count]) => count > 0);
  if (counts.length === 0) return "There was nothing to do.";
  return counts
    .map(([count, status], index) => `${index === 0 ? plural(count, "package") : count} ${status}`)
    .join(", ");
}

function packageView(report: PackageReport, cwd: string) {
  const { package: name, version = "", status, summary, fetched, commands, appeared, disappeared } = report;
  // The summary of a failure is its problem's text; once is enough.
  const isTold = report.problems.some(({ message }) => message === summary);
  return {
    name,
    version,
    status,
    tone: tones[status],
    summary: isTold ? "" : summary,
    problems: report.problems.map((problem) => problemView(problem, cwd)),
    corrections: report.corrections.map((correction) => correctionView(correction, cwd)),
    fetched: fetched.map(({ url, path: place, reused, notes = [] }) => ({
      how: reused ? "from the cache" : status === "planned" ? "to be fetched" : "fetched",
      url,
      path: place,
      notes,
    })),
    commands: commands.map(commandView),
    registry: [
      ...appeared.map((entry) => entryView("new", entry)),
      ...disappeared.map((entry) => entryView("gone", entry)),
    ],
  };
}

function problemView({ severity, message, location }: PackageProblem, cwd: string) {
  const tone: Tone = severity === "error" ? "bad" : "doubt";
  return { severity, tone, message, place: placeText(location, cwd) };
}

function correctionView({ key, from, to, reason, location }: Correction, cwd: string) {
  return {
    key,
    from: from === undefined ? "nothing" : typeof from === "string" ? from : JSON.stringify(from),
    to,
    reason,
    place: placeText(location, cwd),
  };
}

function commandView({ line, cwd, scheduled, exitCode, timedOut, milliseconds, output, notes = [] }: CommandReport) {
  const end = timedOut ? "time limit" : exitCode === undefined ? "" : `exit ${exitCode}`;
  const time = milliseconds === undefined ? "" : `${(milliseconds / 1000).toFixed(1)} s`;
  return {
    line: line.trimEnd(),
    cwd: cwd ?? "",
    outcome: [end, time, scheduled ? "as a task" : ""].filter(Boolean).join(", ") || "not run",
    output: output?.trim() ?? "",
    notes,
  };
}

function entryView(change: "new" | "gone", { name, version, hive, view, key }: InstalledEntry) {
  return { change, name, version, place: `${hive}\\${key} (${view}-bit)` };
}

function placeText(location: SourceLocation | undefined, cwd: string): string {
  if (!location) return "";
  const { line, character } = location.range.start;
  return `${path.relative(cwd, location.file)}:${line + 1}:${character + 1}`;
}
