import type { LineTable } from "../lines.js";
import type { Span } from "../problem.js";

/**
 * Off switches in the source, in YAML comments and in Jinja comments:
 *
 *     installer: http://…   # winrepo-lint: disable http-url       this line
 *     # winrepo-lint: disable-next-line http-url                   the next line
 *     # winrepo-lint: disable http-url                             on a line of its own: up to `enable` or the end
 *     # winrepo-lint: disable-file http-url                        the whole file
 *
 * Without codes a switch counts for every rule.
 */
export interface Suppression {
  /** Undefined: every rule. */
  readonly code: string | undefined;
  /** The code, or the whole switch when it names none. */
  readonly range: Span;
  /** What to remove when the switch is of no use. */
  readonly removal: Span;
  readonly firstLine: number;
  /** Whether `enable` ends it. */
  readonly block: boolean;
  /** The last line that it counts for. */
  lastLine: number;
  used: boolean;
  /** The rule that it was to switch off and cannot: Salt rejects the file. */
  refused?: string;
}

const switchPattern = /winrepo-lint:[ \t]*(disable-next-line|disable-file|disable|enable)(?![\w-])([^\n\r#}]*)/g;
const codePattern = /[\w-]+/g;

export function readSuppressions(lines: LineTable): Suppression[] {
  if (!lines.text.includes("winrepo-lint:")) return [];
  const found: Suppression[] = [];
  for (const match of lines.text.matchAll(switchPattern)) {
    const line = lines.lineAt(match.index);
    const lineStart = lines.startOf(line);
    const before = lines.text.slice(lineStart, match.index);
    if (!before.includes("#")) continue;
    const kind = match[1] as string;
    const end = match.index + match[0].trimEnd().length;
    const codesAt = match.index + match[0].length - (match[2] as string).length;
    const codes = [...(match[2] as string).matchAll(codePattern)].map((code) => ({
      code: code[0],
      range: { start: codesAt + code.index, end: codesAt + code.index + code[0].length },
    }));
    if (kind === "enable") {
      close(found, line, new Set(codes.map(({ code }) => code)));
      continue;
    }
    const alone = /^\s*(#|\{#-?)\s*$/.test(before);
    const block = alone && kind === "disable";
    const [firstLine, lastLine] = reach(kind, alone, line);
    const whole = { start: match.index, end };
    for (const { code, range } of codes.length ? codes : [{ code: undefined, range: whole }]) {
      const removal = codes.length > 1 ? withBlankBefore(lines.text, range) : comment(lines, line, whole);
      found.push({ code, range, removal, firstLine, lastLine, block, used: false });
    }
  }
  return found;
}

/** A comment that begins like a switch and is none. */
export interface UnknownSwitch {
  readonly word: string;
  readonly range: Span;
}

export const switchWords = ["disable", "disable-next-line", "disable-file", "enable"] as const;

/** Words behind `winrepo-lint:` in comments that are no switch: `dsable`. */
export function unknownSwitches(lines: LineTable): UnknownSwitch[] {
  const found: UnknownSwitch[] = [];
  for (const { 0: whole, 1: word = "", index } of lines.text.matchAll(/winrepo-lint:[ \t]*([\w-]+)/g)) {
    const before = lines.text.slice(lines.startOf(lines.lineAt(index)), index);
    const end = index + whole.length;
    const isKnown = switchWords.some((known) => known === word);
    if (/#\s*$/.test(before) && !isKnown) found.push({ word, range: { start: end - word.length, end } });
  }
  return found;
}

/** Whether a finding is switched off; marks the switches that did it. @param rejected nothing switches it off */
export function suppresses(
  suppressions: readonly Suppression[],
  code: string,
  line: number,
  rejected = false,
): boolean {
  let hit = false;
  for (const suppression of suppressions) {
    if (suppression.code !== undefined && suppression.code !== code) continue;
    if (line < suppression.firstLine || line > suppression.lastLine) continue;
    suppression.used = true;
    if (rejected) suppression.refused = code;
    else hit = true;
  }
  return hit;
}

function reach(kind: string, alone: boolean, line: number): [number, number] {
  if (kind === "disable-file") return [0, Number.POSITIVE_INFINITY];
  if (kind === "disable-next-line") return [line + 1, line + 1];
  return alone ? [line, Number.POSITIVE_INFINITY] : [line, line];
}

function close(found: readonly Suppression[], line: number, codes: ReadonlySet<string>): void {
  for (const suppression of found) {
    const open = suppression.block && suppression.lastLine === Number.POSITIVE_INFINITY;
    if (open && (codes.size === 0 || (suppression.code !== undefined && codes.has(suppression.code)))) {
      suppression.lastLine = line;
    }
  }
}

function withBlankBefore(text: string, range: Span): Span {
  let start = range.start;
  while (/[ \t,]/.test(text[start - 1] ?? "")) start--;
  return { start, end: range.end };
}

/** The comment that holds a switch: the whole line when nothing else stands on it. */
function comment(lines: LineTable, line: number, whole: Span): Span {
  const text = lines.text;
  const lineStart = lines.startOf(line);
  const opener = text.lastIndexOf("#", whole.start);
  let start = text[opener - 1] === "{" ? opener - 1 : opener;
  let end = lines.endOf(line);
  if (start < opener) {
    const closer = text.indexOf("#}", whole.end);
    if (closer >= 0) end = Math.min(end, closer + 2);
  }
  while (start > lineStart && /[ \t]/.test(text[start - 1] as string)) start--;
  const fillsLine = start === lineStart && end === lines.endOf(line);
  return fillsLine ? { start, end: lines.startOf(line + 1) } : { start, end };
}
