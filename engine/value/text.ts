import { charge, chargeText } from "./meter.js";
import { PyText, type Value } from "./types.js";

// Python counts a text in code points, JavaScript in UTF-16 units. Texts without surrogates, nearly all, need no care.

const surrogate = /[\ud800-\udfff]/;

/** The text of a str (or of a subclass, as Markup); undefined for anything else. */
export function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof PyText ? value.text : undefined;
}

/** True when indices into the text mean the same to Python and JavaScript. */
export function isPlain(text: string): boolean {
  return !surrogate.test(text);
}

/** Python's `len(text)`. */
export function textLength(text: string): number {
  chargeText(text.length);
  if (isPlain(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The text's characters as Python's iteration gives them. */
export function characters(text: string): string[] {
  charge(text.length >> 2);
  return isPlain(text) ? text.split("") : Array.from(text);
}

/** The code-point index that belongs to a UTF-16 offset. */
export function codePointIndex(text: string, offset: number): number {
  return isPlain(text) ? offset : textLength(text.slice(0, offset));
}

/** The UTF-16 offset that belongs to a code-point index within the text. */
export function utf16Offset(text: string, index: number): number {
  chargeText(text.length);
  if (isPlain(text)) return index;
  let offset = 0;
  for (let left = index; left > 0 && offset < text.length; left -= 1) {
    offset += (text.codePointAt(offset) as number) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** `"a\n".isspace()` of one character: Python's white space, wider than JavaScript's `\s` by four controls, narrower by the BOM. */
const whitespace = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const leading = new RegExp(`^${whitespace}+`);
const spaceRun = new RegExp(`${whitespace}+`);
const onlySpace = new RegExp(`^${whitespace}+$`);
const singleSpace = new RegExp(`^${whitespace}$`);

export function isSpace(text: string): boolean {
  return onlySpace.test(text);
}

function stripStart(text: string): string {
  return text.replace(leading, "");
}

function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && singleSpace.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

export function strip(text: string): string {
  chargeText(text.length);
  return stripEnd(stripStart(text));
}

/** `text.split()`: the words between runs of white space. */
export function words(text: string): string[] {
  charge(text.length >> 2);
  const trimmed = strip(text);
  return trimmed === "" ? [] : trimmed.split(spaceRun);
}

const lineEnds = "\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029";
const lineBreak = new RegExp(`\\r\\n|[${lineEnds}]`, "g");

/** `text.splitlines(keepends)`. */
export function splitLines(text: string, keepEnds = false): string[] {
  charge(text.length >> 3);
  const lines: string[] = [];
  let start = 0;
  for (const found of text.matchAll(lineBreak)) {
    const end = found.index + found[0].length;
    lines.push(text.slice(start, keepEnds ? end : found.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}
