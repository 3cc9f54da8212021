import { PyError } from "../../value/types.js";

/** One piece of a format string: literal text, then a field when there is one. */
export interface FormatPiece {
  readonly literal: string;
  readonly field?: { readonly name: string; readonly spec: string; readonly conversion: string | null };
}

function fail(message: string): never {
  throw new PyError("ValueError", message);
}

/** Python's `string.Formatter.parse`: the pieces of `'{0.x!r:>5} …'`. @throws PyError ValueError */
export function* parseFormat(format: string): Iterable<FormatPiece> {
  let at = 0;
  while (at < format.length) {
    const start = at;
    while (at < format.length && format[at] !== "{" && format[at] !== "}") at += 1;
    const brace = format[at];
    if (brace === undefined) {
      yield { literal: format.slice(start) };
      return;
    }
    const next = format[at + 1];
    if (brace === "}" && next !== "}") fail("Single '}' encountered in format string");
    if (next === undefined) fail("Single '{' encountered in format string");
    if (next === brace) {
      yield { literal: format.slice(start, at + 1) };
      at += 2;
      continue;
    }
    const literal = format.slice(start, at);
    const { field, end } = parseField(format, at + 1);
    yield { literal, field };
    at = end;
  }
}

function parseField(format: string, start: number): { field: NonNullable<FormatPiece["field"]>; end: number } {
  let at = start;
  let inBrackets = false;
  for (; at < format.length; at += 1) {
    const character = format[at];
    if (character === "{") fail("unexpected '{' in field name");
    if (character === "[") inBrackets = true;
    else if (character === "]") inBrackets = false;
    else if (!inBrackets && (character === "}" || character === ":" || character === "!")) break;
  }
  const stop = format[at];
  const name = format.slice(start, at);
  at += 1;
  if (stop === undefined) fail("expected '}' before end of string");
  if (stop === "}") return { field: { name, spec: "", conversion: null }, end: at };
  let conversion: string | null = null;
  if (stop === "!") {
    if (at >= format.length) fail("end of string while looking for conversion specifier");
    conversion = String.fromCodePoint(format.codePointAt(at) as number);
    at += conversion.length;
    const after = format[at];
    at += 1;
    if (after === "}") return { field: { name, spec: "", conversion }, end: at };
    if (after !== undefined && after !== ":") fail("expected ':' after conversion specifier");
  }
  const end = closing(format, at);
  return { field: { name, spec: format.slice(at, end), conversion }, end: end + 1 };
}

function closing(format: string, start: number): number {
  let depth = 1;
  for (let at = start; at < format.length; at += 1) {
    if (format[at] === "{") depth += 1;
    else if (format[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  fail("unmatched '{' in format spec");
}

interface FieldPath {
  readonly first: string | number;
  readonly rest: Iterable<{ readonly isAttribute: boolean; readonly key: string | number }>;
}

/** Python's `_string.formatter_field_name_split`: `0.x[y]` is 0, attribute x, item y. Errors come as the rest is read. */
export function fieldPath(name: string): FieldPath {
  const end = name.search(/[.[]/);
  const first = end < 0 ? name : name.slice(0, end);
  return { first: key(first), rest: pathSteps(name, end < 0 ? name.length : end) };
}

function* pathSteps(name: string, start: number): FieldPath["rest"] {
  let at = start;
  while (at < name.length) {
    const isAttribute = name[at] === ".";
    if (!isAttribute && name[at] !== "[") fail("Only '.' or '[' may follow ']' in format field specifier");
    at += 1;
    const stop = isAttribute ? name.slice(at).search(/[.[]/) : name.slice(at).indexOf("]");
    if (!isAttribute && stop < 0) fail("Missing ']' in format string");
    const part = stop < 0 ? name.slice(at) : name.slice(at, at + stop);
    if (part === "") fail("Empty attribute in format string");
    at += part.length + (isAttribute ? 0 : 1);
    yield { isAttribute, key: isAttribute ? part : key(part) };
  }
}

function key(text: string): string | number {
  if (!/^[0-9]+$/.test(text)) return text;
  const index = Number(text);
  return Number.isSafeInteger(index) ? index : fail("Too many decimal digits in format string");
}
