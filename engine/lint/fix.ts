import type { Finding, Fix, TextEdit } from "./finding.js";

/** The text with all edits done; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let position = 0;
  for (const { range, newText } of [...edits].sort(byPlace)) {
    result += text.slice(position, range.start) + newText;
    position = range.end;
  }
  return result + text.slice(position);
}

/** Those of the fixes that can be done together: of two that touch, the first in the text. */
export function compatibleFixes(findings: readonly Finding[]): Fix[] {
  const taken: TextEdit[] = [];
  const chosen: Fix[] = [];
  const fixes = findings.flatMap(({ fix }) => (fix ? [fix] : []));
  for (const fix of fixes.sort((a, b) => firstEdit(a) - firstEdit(b))) {
    const clashes = fix.edits.some((edit) => taken.some((other) => touch(edit, other)));
    if (clashes) continue;
    taken.push(...fix.edits);
    chosen.push(fix);
  }
  return chosen;
}

export interface FixResult {
  readonly text: string;
  readonly applied: readonly Fix[];
  /** What is left. */
  readonly findings: readonly Finding[];
}

// A fix can uncover another finding (a quoted version was a float and is now a duplicate); more turns than this mean two
// fixes that undo each other.
const maximalTurns = 10;

/** Applies fixes and looks again until nothing is left to fix. */
export function fixAll(text: string, relint: (text: string) => readonly Finding[]): FixResult {
  const turns = fixTurns(text);
  let turn = turns.next();
  while (!turn.done) turn = turns.next(relint(turn.value));
  return turn.value;
}

/** The same where looking again is waited for. */
export async function fixAllWaiting(
  text: string,
  relint: (text: string) => Promise<readonly Finding[]>,
): Promise<FixResult> {
  const turns = fixTurns(text);
  let turn = turns.next();
  while (!turn.done) turn = turns.next(await relint(turn.value));
  return turn.value;
}

/** Asks for the findings of each text that it yields. */
function* fixTurns(text: string): Generator<string, FixResult, readonly Finding[]> {
  const applied: Fix[] = [];
  let current = text;
  let findings = yield current;
  for (let turn = 0; turn < maximalTurns; turn++) {
    const fixes = compatibleFixes(findings);
    const next = applyEdits(
      current,
      fixes.flatMap((fix) => fix.edits),
    );
    if (next === current) break;
    applied.push(...fixes);
    current = next;
    findings = yield current;
  }
  return { text: current, applied, findings };
}

function byPlace(a: TextEdit, b: TextEdit): number {
  return a.range.start - b.range.start || a.range.end - b.range.end;
}

function firstEdit(fix: Fix): number {
  return Math.min(...fix.edits.map(({ range }) => range.start));
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}
