import { isSpace, textLength, textOf } from "../../value/text.js";
import { PyError, PyObject, type Value } from "../../value/types.js";
import type { EvalContext } from "../runtime.js";
import { integer, type MethodEntry, type MethodTable, methodTable, named, one, several, text } from "./define.js";

// Cutting and padding: strip, center, zfill, expandtabs, removeprefix …

type Side = "both" | "left" | "right";

/** `str.strip(chars)` and its one-sided kin; None strips white space. */
function stripCharacters(source: string, chars: string | null, side: Side): string {
  const units = Array.from(source);
  const drop = chars === null ? isSpace : (unit: string) => chars.includes(unit);
  let start = 0;
  let end = units.length;
  if (side !== "right") while (start < end && drop(units[start] as string)) start += 1;
  if (side !== "left") while (end > start && drop(units[end - 1] as string)) end -= 1;
  return units.slice(start, end).join("");
}

function stripping(name: string, side: Side): MethodEntry<string> {
  const method = several<string>(`str.${name}`, 0, 1, (self, [argument = null]) => {
    const chars = argument === null ? null : textOf(argument);
    if (argument instanceof PyObject) argument.use();
    if (chars === undefined) throw new PyError("TypeError", `${name} arg must be None or str`);
    return stripCharacters(self, chars, side);
  });
  return [name, "each", method];
}

/** Where the extra blank of `center` goes, as CPython decides it. */
export function center(source: string, width: number, fill: string, context: EvalContext): string {
  const missing = width - textLength(source);
  if (missing <= 0) return source;
  context.budget.allocate(missing);
  const left = (missing >> 1) + (missing & width & 1);
  return fill.repeat(left) + source + fill.repeat(missing - left);
}

function justifying(name: string, place: (self: string, width: number, fill: string, context: EvalContext) => string) {
  const method = several<string>(`str.${name}`, 1, 2, (self, [width = null, fill = " "], context) => {
    const columns = integer(width);
    const filler = text(fill, "The fill character must be a unicode character");
    if (textLength(filler) !== 1) {
      throw new PyError("TypeError", "The fill character must be exactly one character long");
    }
    return place(self, columns, filler, context);
  });
  return [name, "counted", method] as const;
}

function padding(source: string, width: number, fill: string, context: EvalContext): string {
  const missing = width - textLength(source);
  if (missing <= 0) return "";
  context.budget.allocate(missing);
  return fill.repeat(missing);
}

function zfill(self: string, argument: Value, context: EvalContext): string {
  const zeros = padding(self, integer(argument), "0", context);
  const sign = /^[+-]/.test(self) ? self.charAt(0) : "";
  return sign + zeros + self.slice(sign.length);
}

function expandTabs(self: string, size: number, context: EvalContext): string {
  let column = 0;
  let result = "";
  for (const character of self) {
    if (character === "\t") {
      const blanks = size > 0 ? size - (column % size) : 0;
      context.budget.allocate(blanks);
      result += " ".repeat(blanks);
      column += blanks;
    } else {
      result += character;
      column = character === "\n" || character === "\r" ? 0 : column + 1;
    }
  }
  return result;
}

export const strStrip: MethodTable<string> = methodTable([
  stripping("strip", "both"),
  stripping("lstrip", "left"),
  stripping("rstrip", "right"),
  justifying("center", center),
  justifying("ljust", (self, width, fill, context) => self + padding(self, width, fill, context)),
  justifying("rjust", (self, width, fill, context) => padding(self, width, fill, context) + self),
  ["zfill", "each", one("str.zfill", zfill)],
  [
    "expandtabs",
    "each",
    named("str.expandtabs", ["tabsize"], (self, [size = 8], context) => expandTabs(self, integer(size), context)),
  ],
  [
    "removeprefix",
    "linear",
    one("str.removeprefix", (self, argument) => {
      const prefix = text(argument, "removeprefix() argument must be str");
      return self.startsWith(prefix) ? self.slice(prefix.length) : self;
    }),
  ],
  [
    "removesuffix",
    "linear",
    one("str.removesuffix", (self, argument) => {
      const suffix = text(argument, "removesuffix() argument must be str");
      return suffix !== "" && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self;
    }),
  ],
]);
