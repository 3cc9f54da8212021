import { compare } from "../../value/compare.js";
import { truthy } from "../../value/iterate.js";
import { isNumber, toDouble } from "../../value/numbers.js";
import { str } from "../../value/repr.js";
import { characters, splitLines, strip, textLength, textOf } from "../../value/text.js";
import { PyError, type Value } from "../../value/types.js";
import { noAttribute } from "../methods/dict.js";
import type { EvalContext } from "../runtime.js";
import { type FilterTable, filterTable, python } from "./define.js";

// Python's textwrap, as `wordwrap` uses it: whitespace kept inside lines, dropped at their ends, tabs as they are.

const blank = "[\\t\\n\\v\\f\\r ]";
const word = "[\\p{L}\\p{N}_]";
const letter = "(?:(?!\\p{Nd})[\\p{L}\\p{N}_])";
const beforeDash = "[\\p{L}\\p{N}_!\"'&.,?]";

/** Where a line may break: around blanks and dashes, and behind the hyphen of a hyphenated word. */
const breaks = new RegExp(
  `(${blank}+` +
    `|(?<=${beforeDash})-{2,}(?=${word})` +
    `|[^\\t\\n\\v\\f\\r ]+?(?:` +
    `-(?:(?<=${letter}{2}-)|(?<=${letter}-${letter}-))(?=${letter}-?${letter})` +
    `|(?=${blank}|$)` +
    `|(?<=${beforeDash})(?=-{2,}${word})))`,
  "u",
);
const simpleBreaks = new RegExp(`(${blank}+)`, "u");

interface Options {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

/** `textwrap.wrap(line)` */
function wrap(line: string, options: Options): string[] {
  const chunks = line
    .split(options.breakOnHyphens ? breaks : simpleBreaks)
    .filter((chunk) => chunk)
    .reverse();
  const lines: string[] = [];
  while (chunks.length) {
    if (lines.length && isBlank(chunks.at(-1))) chunks.pop();
    const current: string[] = [];
    let size = 0;
    while (chunks.length && size + textLength(chunks.at(-1) as string) <= options.width) {
      const chunk = chunks.pop() as string;
      current.push(chunk);
      size += textLength(chunk);
    }
    if (chunks.length && textLength(chunks.at(-1) as string) > options.width) breakWord(chunks, current, size, options);
    if (isBlank(current.at(-1))) current.pop();
    if (current.length) lines.push(current.join(""));
  }
  return lines;
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && strip(chunk) === "";
}

/** A word wider than a line: cut, behind a hyphen if there is one, or left alone on its line. */
function breakWord(chunks: string[], current: string[], size: number, options: Options): void {
  if (!options.breakLongWords) {
    if (current.length === 0) current.push(chunks.pop() as string);
    return;
  }
  const units = characters(chunks.at(-1) as string);
  let end = options.width - size;
  if (options.breakOnHyphens && units.length > end) {
    const hyphen = units.slice(0, end).lastIndexOf("-");
    if (hyphen > 0 && units.slice(0, hyphen).some((unit) => unit !== "-")) end = hyphen + 1;
  }
  current.push(units.slice(0, end).join(""));
  chunks[chunks.length - 1] = units.slice(end).join("");
}

function wordWrap(
  context: EvalContext,
  value: Value,
  width: Value,
  breakLongWords: Value,
  wrapString: Value,
  breakOnHyphens: Value,
): string {
  const text = textOf(value);
  if (text === undefined) throw noAttribute(value, "splitlines");
  const lineEnd = wrapString === null ? context.newline : str(wrapString);
  const lines = splitLines(text);
  if (lines.length && compare("<=", width, 0)) {
    throw new PyError("ValueError", `invalid width ${str(width)} (must be > 0)`);
  }
  context.budget.step(text.length);
  // Looking for the end of a run of dashes at each of them takes its square.
  for (const [run] of text.matchAll(/-{2,}/g)) context.budget.step((run.length ** 2) >> 2);
  context.budget.allocate(2 * text.length);
  const options = {
    width: isNumber(width) ? toDouble(width) : 0,
    breakLongWords: truthy(breakLongWords),
    breakOnHyphens: truthy(breakOnHyphens),
  };
  return lines.map((line) => wrap(line, options).join(lineEnd)).join(lineEnd);
}

export const wrapFilters: FilterTable = filterTable([
  [
    "wordwrap",
    "counted",
    python(
      "do_wordwrap(@environment, s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True)",
      wordWrap,
    ),
  ],
]);
