import { iterate } from "../../value/iterate.js";
import { codePointIndex, splitLines, textLength, textOf, utf16Offset, words } from "../../value/text.js";
import { PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import type { Args, EvalContext } from "../runtime.js";
import {
  integer,
  type MethodEntry,
  type MethodTable,
  methodTable,
  named,
  one,
  searching,
  several,
  text,
  window,
} from "./define.js";

// Finding, splitting, joining and replacing.

/** The part of a text that a search with start and end looks at; undefined when it starts behind the end. */
function searched(self: string, args: Args): { part: string; from: number } | undefined {
  const { start, end } = window(args, textLength(self));
  if (start > textLength(self) || start > end) return undefined;
  const from = utf16Offset(self, start);
  return { part: self.slice(from, utf16Offset(self, Math.min(end, textLength(self)))), from };
}

type Find = (part: string, wanted: string) => number;
const first: Find = (part, wanted) => part.indexOf(wanted);
const last: Find = (part, wanted) => part.lastIndexOf(wanted);

function finding(name: string, find: Find, absent: () => number): MethodEntry<string> {
  const method = searching<string>(`str.${name}`, (self, args) => {
    const range = searched(self, args);
    const wanted = text(args[0] as Value, "must be str");
    const at = range ? find(range.part, wanted) : -1;
    return range && at >= 0 ? codePointIndex(self, range.from + at) : absent();
  });
  return [name, "counted", method];
}

function notFound(): never {
  throw new PyError("ValueError", "substring not found");
}

function count(self: string, args: Args): number {
  const range = searched(self, args);
  const wanted = text(args[0] as Value, "must be str");
  if (!range) return 0;
  if (wanted === "") return textLength(range.part) + 1;
  return range.part.split(wanted).length - 1;
}

function affixing(name: string, test: (part: string, affix: string) => boolean): MethodEntry<string> {
  const method = searching<string>(`str.${name}`, (self, args) => {
    const wanted = args[0] as Value;
    const range = searched(self, args);
    const matches = (affix: string) => range !== undefined && test(range.part, affix);
    if (wanted instanceof Tuple) {
      return wanted.items.some((item) => matches(text(item, `tuple for ${name} must only contain str`)));
    }
    return matches(text(wanted, `${name} first arg must be str or a tuple of str`));
  });
  return [name, "counted", method];
}

/** `str.split(sep, maxsplit)`: None splits at runs of white space. */
function splitText(self: string, separator: string | null, most: number): string[] {
  if (separator === null) return splitWords(self, most);
  if (separator === "") throw new PyError("ValueError", "empty separator");
  const parts = self.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(separator)];
}

const wordForm = "[^\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";

function splitWords(self: string, most: number): string[] {
  if (most < 0) return words(self);
  const result: string[] = [];
  const word = new RegExp(wordForm, "g");
  for (let found = word.exec(self); found; found = word.exec(self)) {
    if (result.length === most) return [...result, self.slice(found.index)];
    result.push(found[0]);
  }
  return result;
}

/** `str.rsplit(sep, maxsplit)`: counts from the end. */
function splitFromEnd(self: string, separator: string | null, most: number): string[] {
  if (separator === null) {
    if (most < 0) return words(self);
    const found = [...self.matchAll(new RegExp(wordForm, "g"))];
    if (found.length <= most) return found.map(([word]) => word);
    const cut = found.length - most;
    const before = found[cut - 1] as RegExpMatchArray;
    const rest = self.slice(0, (before.index ?? 0) + before[0].length);
    return [rest, ...found.slice(cut).map(([word]) => word)];
  }
  if (separator === "") throw new PyError("ValueError", "empty separator");
  const parts = lastFirstSplit(self, separator, most);
  return parts;
}

/** Overlapping separators are taken from the right: `aaa` at `aa` leaves `a` and an empty text. */
function lastFirstSplit(self: string, separator: string, most: number): string[] {
  const parts: string[] = [];
  let end = self.length;
  while (most < 0 || parts.length < most) {
    const at = end < separator.length ? -1 : self.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    parts.unshift(self.slice(at + separator.length, end));
    end = at;
  }
  parts.unshift(self.slice(0, end));
  return parts;
}

function splitting(name: string, split: typeof splitText): MethodEntry<string> {
  const method = named<string>(`str.${name}`, ["sep", "maxsplit"], (self, [sep = null, most = -1], context) => {
    context.budget.allocate(2 * self.length);
    context.budget.step(self.length >> 2);
    const limit = integer(most);
    return split(self, sep === null ? null : text(sep, "must be str or None"), limit);
  });
  return [name, "counted", method];
}

function partition(self: string, argument: Value): Tuple {
  const separator = separatorOf(argument);
  const at = self.indexOf(separator);
  if (at < 0) return new Tuple([self, "", ""]);
  return new Tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
}

function partitionFromEnd(self: string, argument: Value): Tuple {
  const separator = separatorOf(argument);
  const at = self.lastIndexOf(separator);
  if (at < 0) return new Tuple(["", "", self]);
  return new Tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
}

function separatorOf(argument: Value): string {
  const separator = text(argument, "must be str");
  if (separator === "") throw new PyError("ValueError", "empty separator");
  return separator;
}

/** `separator.join(items)`. @throws PyError TypeError `sequence item 0: expected str instance, int found` */
export function joinTexts(separator: string, items: Iterable<Value>, context: EvalContext): string {
  const parts: string[] = [];
  let size = 0;
  for (const item of items) {
    const part = textOf(item);
    if (part === undefined) {
      throw new PyError("TypeError", `sequence item ${parts.length}: expected str instance, ${typeName(item)} found`);
    }
    size += part.length + separator.length;
    context.budget.step();
    parts.push(part);
  }
  context.budget.allocate(size);
  return parts.join(separator);
}

function join(self: string, argument: Value, context: EvalContext): string {
  if (argument instanceof PyObject) argument.use();
  return joinTexts(self, joinable(argument), context);
}

function joinable(argument: Value): Iterable<Value> {
  try {
    return iterate(argument);
  } catch (error) {
    if (error instanceof PyError && error.type === "TypeError") {
      throw new PyError("TypeError", "can only join an iterable");
    }
    throw error;
  }
}

/** `str.replace(old, new, most)`; a negative `most` replaces all. */
function replaceText(self: string, old: string, by: string, most: number, context: EvalContext): string {
  const separate = old === "" ? emptyMatches(self) : self.split(old);
  const replaced = most < 0 ? separate.length - 1 : Math.min(most, separate.length - 1);
  context.budget.allocate(self.length + replaced * by.length);
  if (replaced === separate.length - 1) return separate.join(by);
  return (
    separate.slice(0, replaced + 1).join(by) +
    separate
      .slice(replaced)
      .map((part, index) => (index ? old + part : ""))
      .join("")
  );
}

/** The empty text is found before each character and at the end. */
function emptyMatches(self: string): string[] {
  return ["", ...Array.from(self), ""].slice(0, textLength(self) + 2);
}

export const strSearch: MethodTable<string> = methodTable([
  finding("find", first, () => -1),
  finding("rfind", last, () => -1),
  finding("index", first, notFound),
  finding("rindex", last, notFound),
  ["count", "counted", searching("str.count", count)],
  affixing("startswith", (part, affix) => part.startsWith(affix)),
  affixing("endswith", (part, affix) => part.endsWith(affix)),
  splitting("split", splitText),
  splitting("rsplit", splitFromEnd),
  [
    "splitlines",
    "counted",
    named("str.splitlines", ["keepends"], (self, [keep = false], context) => {
      context.budget.allocate(self.length);
      return splitLines(self, integer(keep) !== 0);
    }),
  ],
  ["partition", "counted", one("str.partition", partition)],
  ["rpartition", "counted", one("str.rpartition", partitionFromEnd)],
  ["join", "counted", one("str.join", join)],
  [
    "replace",
    "counted",
    several("str.replace", 2, 3, (self, [old = null, by = null, most = -1], context) => {
      const wanted = text(old, "replace() argument 1 must be str");
      return replaceText(self, wanted, text(by, "replace() argument 2 must be str"), integer(most), context);
    }),
  ],
]);
