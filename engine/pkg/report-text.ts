import path from "node:path";
import type { SourceLocation } from "../definition/definition-locator.js";
import type { InstalledEntry } from "./installed-software.js";
import type {
  ActionReport,
  CommandReport,
  Correction,
  PackageProblem,
  PackageReport,
  PackageStatus,
} from "./report.js";
import type { TryResult } from "./try.js";

const marks: { readonly [status in PackageStatus]: string } = {
  installed: "✓",
  removed: "✓",
  unchanged: "·",
  started: "…",
  planned: "→",
  doubtful: "?",
  failed: "✗",
};

/** A report for people: a line per package, below it what was done and what is wrong. */
export function reportText(report: ActionReport, cwd: string): string {
  return [
    ...report.notes.map((note) => `  note     ${note}`),
    ...report.packages.flatMap((each) => packageLines(each, cwd)),
    ...(report.rebootRequired ? [`The target ${report.target.name} wants to be restarted.`] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

export function tryText(result: TryResult, cwd: string): string {
  const left = result.problems.filter(({ code }) => code === "left-behind").flatMap((each) => problemLines(each, cwd));
  return [
    reportText(result.install, cwd),
    ...(result.remove ? [reportText(result.remove, cwd)] : []),
    ...left.map((line) => `${line}\n`),
    `${result.ok ? "✓" : "✗"} ${result.summary}\n`,
  ].join("");
}

function packageLines(report: PackageReport, cwd: string): string[] {
  const errors = report.problems.filter(({ severity }) => severity === "error");
  // The summary of a failure is its problem's text; once is enough.
  const told = errors.some(({ message }) => message === report.summary);
  const name = [report.package, report.version].filter(Boolean).join(" ");
  return [
    `${marks[report.status]} ${told ? `${name}: ${report.status}` : report.summary || `${name}: ${report.status}`}`,
    ...report.fetched.map(({ url, path: place, reused, notes = [] }) =>
      [
        `  ${reused ? "cached " : report.status === "planned" ? "fetch  " : "fetched"}  ${url}`,
        `           ${place}`,
        ...notes.map((note) => `           ${note}`),
      ].join("\n"),
    ),
    ...report.commands.flatMap(commandLines),
    ...report.appeared.map((entry) => `  new      ${entryText(entry)}`),
    ...report.disappeared.map((entry) => `  gone     ${entryText(entry)}`),
    ...report.problems.flatMap((problem) => problemLines(problem, cwd)),
    ...report.corrections.map((correction) => correctionLine(correction, cwd)),
  ];
}

function commandLines({
  line,
  cwd,
  scheduled,
  exitCode,
  timedOut,
  milliseconds,
  output,
  notes = [],
}: CommandReport): string[] {
  const end = timedOut ? "stopped at the time limit" : exitCode === undefined ? undefined : `exit ${exitCode}`;
  const time = milliseconds === undefined ? undefined : `${(milliseconds / 1000).toFixed(1)} s`;
  const outcome = [scheduled ? "as a scheduled task" : undefined, end, time].filter(Boolean).join(", ");
  return [
    `  run      ${line.trimEnd()}${outcome && `  (${outcome})`}`,
    ...(cwd && !outcome ? [`  in       ${cwd}`] : []),
    ...(output?.trim() && exitCode !== 0
      ? [`  output   ${output.trim().slice(-2000).replaceAll("\n", "\n           ")}`]
      : []),
    ...notes.map((note) => `  note     ${note}`),
  ];
}

function problemLines({ severity, message, location }: PackageProblem, cwd: string): string[] {
  return [`  ${severity.padEnd(7)}  ${message}`, ...(location ? [`           ${placeText(location, cwd)}`] : [])];
}

function correctionLine({ key, from, to, location }: Correction, cwd: string): string {
  const before = from === undefined ? "nothing" : JSON.stringify(from);
  return `  correct  ${key}: ${before} → ${JSON.stringify(to)}${location ? `  (${placeText(location, cwd)})` : ""}`;
}

function entryText({ name, version, hive, view }: InstalledEntry): string {
  return `${name} ${version} (${hive}, ${view}-bit)`;
}

function placeText({ file, range }: SourceLocation, cwd: string): string {
  return `${path.relative(cwd, file)}:${range.start.line + 1}:${range.start.character + 1}`;
}
