import { isDeepStrictEqual } from "node:util";
import type { DumpedKey, SaltCase, StepOutcome } from "./case.js";
import type { OurOutcome } from "./player.js";

/** What we do otherwise than Salt, on purpose; docs/corrections.md lists them by these names. */
export type CorrectionName = "the-rest-is-done" | "file-left-out" | "download-words" | "flag-as-text";

export interface CaseVerdict {
  /** By step. */
  readonly corrections: ReadonlyMap<number, CorrectionName>;
  /** What is neither equal nor a correction, a line each. */
  readonly differences: readonly string[];
  /** Steps that were compared; behind a correction that leaves another machine there is nothing to compare. */
  readonly compared: number;
}

/** Compares a case of Salt with ours. */
export function compareCase({ steps }: SaltCase, outcomes: readonly OurOutcome[]): CaseVerdict {
  const corrections = new Map<number, CorrectionName>();
  const differences: string[] = [];
  for (const [index, step] of steps.entries()) {
    const ours = outcomes[index]!;
    const correction = correctionOf(step.salt, ours);
    if (correction) corrections.set(index, correction);
    const found = correction ? [] : differencesOf(step.salt, ours);
    const what = step.call ? `${step.call} ${JSON.stringify(step.args ?? step.kwargs ?? [])}` : `acts ${step.acts}`;
    differences.push(...found.map((text) => `step ${index} (${what}): ${text}`));
    const more = (ours.commands?.length ?? 0) > (step.salt.commands?.length ?? 0);
    if (correction === "file-left-out" || (correction && more))
      return { corrections, differences, compared: index + 1 };
  }
  return { corrections, differences, compared: steps.length };
}

/** The correction that explains all that differs, if one does. */
function correctionOf(salt: StepOutcome, ours: OurOutcome): CorrectionName | undefined {
  const { exception } = salt;
  const commands = salt.commands ?? [];
  const begin = (ours.commands ?? []).slice(0, commands.length);
  if (exception && ours.report && isDeepStrictEqual(begin, commands)) {
    const problems = ours.report.packages.flatMap((one) => one.problems);
    if (problems.some(({ salt: own }) => own?.exception === exception[0] && own.message === exception[1]))
      return "the-rest-is-done";
  }
  if (exception && isFileLeftOut(exception, ours)) return "file-left-out";
  const isSaltsList = exception?.[0] === "TypeError" && exception[1].startsWith("'>' not supported");
  if (isSaltsList && ours.return !== undefined && !ours.report) return "flag-as-text";
  if (typeof salt.return === "string" && ours.report) {
    const [first] = salt.return.split("\n");
    const answers = Object.values(ours.return as { [name: string]: unknown });
    if (answers.some((answer) => typeof answer === "string" && answer.startsWith(`${first}\n`)))
      return "download-words";
  }
  return undefined;
}

/** A definition over which Salt's whole refresh fails is left out, and its message says so. */
function isFileLeftOut([type, message]: readonly [string, string], ours: OurOutcome): boolean {
  const text = `Would abort Salt's whole refresh, ${type}: ${message}`;
  return (ours.exception?.[1] ?? JSON.stringify(ours.return) ?? "").includes(text);
}

function differencesOf(salt: StepOutcome, ours: OurOutcome): string[] {
  const raised = ours.report?.packages.flatMap(({ problems }) => problems.flatMap(({ salt: own }) => own ?? []));
  const rows: [what: string, theirs: unknown, own: unknown][] = [
    ["exception", salt.exception, ours.exception ?? (salt.exception && raised)],
    ["return", salt.return, ours.return],
    ["commands", salt.commands ?? [], ours.commands ?? []],
    ["registry", withoutDates(salt.registry), withoutDates(ours.registry)],
  ];
  return rows.flatMap(([what, theirs, own]) =>
    isDeepStrictEqual(theirs, own) ? [] : [`${what}: Salt ${shown(theirs)}, we ${shown(own)}`],
  );
}

/** What Windows Installer writes down of the day and of its own cached copy, whose name it makes up, and what wixl does of the package. */
function withoutDates(registry: readonly DumpedKey[] | undefined): unknown {
  return registry?.map(([view, key, values]) => [
    view,
    key,
    Object.fromEntries(
      Object.entries(values).filter(([name]) => !["InstallDate", "LocalPackage", "PackageCode"].includes(name)),
    ),
  ]);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 3000 ? `${text.slice(0, 3000)}…` : text;
}
