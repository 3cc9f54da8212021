import { exponentText, fixedText, generalText } from "./float-text.js";
import type { Meter } from "./meter.js";
import { isInteger, plainInt, toDouble } from "./numbers.js";
import { reprFloat, str, wholeText } from "./repr.js";
import { textLength, textOf } from "./text.js";
import { PyError, PyFloat, typeName, type Value } from "./types.js";

/** `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, as `format()` and `str.format` take it. */
interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
  readonly noNegativeZero: boolean;
}

/**
 * Python's `format(value, spec)`.
 * @throws PyError ValueError `Unknown format code 'd' for object of type 'str'`, TypeError, OverflowError
 */
export function formatValue(value: Value, spec: string, meter: Meter): string {
  if (spec === "") return str(value);
  const text = textOf(value);
  if (text !== undefined) return formatText(text, parseSpec(spec, "str", "<"), meter);
  if (isInteger(value)) return formatInteger(value, parseSpec(spec, typeName(value), ">"), meter);
  if (value instanceof PyFloat) return formatFloat(value.value, "float", parseSpec(spec, "float", ">"), meter);
  throw new PyError("TypeError", `unsupported format string passed to ${shortName(value)}.__format__`);
}

function shortName(value: Value): string {
  return typeName(value).split(".").at(-1) as string;
}

const widest = 2_147_483_647;

function parseSpec(text: string, kind: string, defaultAlign: string): Spec {
  const characters = Array.from(text);
  let at = 0;
  const take = (accepted: RegExp): string => {
    const character = characters[at];
    if (character === undefined || !accepted.test(character)) return "";
    at += 1;
    return character;
  };
  const digits = (): string => {
    let taken = "";
    for (let next = take(/^[0-9]$/); next; next = take(/^[0-9]$/)) taken += next;
    return taken;
  };
  let fill = "";
  let align = "";
  if (/^[<>=^]$/.test(characters[1] ?? "")) {
    [fill, align] = [characters[0] as string, characters[1] as string];
    at = 2;
  } else align = take(/^[<>=^]$/);
  const sign = take(/^[ +-]$/);
  const noNegativeZero = take(/^z$/) !== "";
  const alternate = take(/^#$/) !== "";
  const zero = fill === "" && take(/^0$/) !== "";
  if (zero) {
    fill = "0";
    if (align === "" && defaultAlign === ">") align = "=";
  }
  const width = count(digits());
  const grouping = groupingOf(take);
  let precision: number | undefined;
  if (take(/^\.$/)) {
    const places = digits();
    if (!places) throw new PyError("ValueError", "Format specifier missing precision");
    precision = count(places);
  }
  if (characters.length - at > 1) {
    throw new PyError("ValueError", `Invalid format specifier '${text}' for object of type '${kind}'`);
  }
  const type = characters[at] ?? "";
  if (grouping) checkGrouping(grouping, type || (kind === "str" ? "s" : ""));
  return {
    fill: fill || " ",
    align: align || defaultAlign,
    sign,
    alternate,
    width,
    grouping,
    precision,
    type,
    noNegativeZero,
  };
}

function count(digits: string): number {
  const number = Number(digits);
  if (number > Number.MAX_SAFE_INTEGER) throw new PyError("ValueError", "Too many decimal digits in format string");
  return number;
}

function groupingOf(take: (accepted: RegExp) => string): string {
  const comma = take(/^,$/);
  const underscore = take(/^_$/);
  if (underscore && comma) throw new PyError("ValueError", "Cannot specify both ',' and '_'.");
  const again = take(/^,$/);
  if (again) {
    throw new PyError("ValueError", underscore ? "Cannot specify both ',' and '_'." : "Cannot specify ',' with ','.");
  }
  if (underscore && take(/^_$/)) throw new PyError("ValueError", "Cannot specify '_' with '_'.");
  return comma || underscore;
}

function checkGrouping(grouping: string, type: string): void {
  if (/^[defgEFG%]?$/.test(type)) return;
  if (grouping === "_" && /^[boxX]$/.test(type)) return;
  throw new PyError("ValueError", `Cannot specify '${grouping}' with '${type}'.`);
}

function unknownCode(type: string, kind: string): PyError {
  const code = type.codePointAt(0) as number;
  const shown = code > 32 && code < 128 ? type : `\\x${code.toString(16)}`;
  return new PyError("ValueError", `Unknown format code '${shown}' for object of type '${kind}'`);
}

function formatText(text: string, spec: Spec, meter: Meter): string {
  if (spec.type && spec.type !== "s") throw unknownCode(spec.type, "str");
  if (spec.sign === " ") throw new PyError("ValueError", "Space not allowed in string format specifier");
  if (spec.sign) throw new PyError("ValueError", "Sign not allowed in string format specifier");
  if (spec.noNegativeZero) {
    throw new PyError("ValueError", "Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate) throw new PyError("ValueError", "Alternate form (#) not allowed in string format specifier");
  if (spec.align === "=") {
    throw new PyError("ValueError", "'=' alignment not allowed in string format specifier");
  }
  const shown = spec.precision === undefined ? text : Array.from(text).slice(0, spec.precision).join("");
  return aligned("", shown, spec, meter);
}

const bases: ReadonlyMap<string, number> = new Map([
  ["b", 2],
  ["o", 8],
  ["x", 16],
  ["X", 16],
]);

function formatInteger(value: number | bigint | boolean, spec: Spec, meter: Meter): string {
  const { type } = spec;
  if (/^[eEfFgG%]$/.test(type)) return formatFloat(toDouble(value), typeName(value), spec, meter);
  if (!/^[bcdoxXn]?$/.test(type)) throw unknownCode(type, typeName(value));
  if (spec.precision !== undefined) {
    throw new PyError("ValueError", "Precision not allowed in integer format specifier");
  }
  if (spec.noNegativeZero) {
    throw new PyError("ValueError", "Negative zero coercion (z) not allowed in integer format specifier");
  }
  const whole = plainInt(value);
  if (type === "c") return formatCharacter(whole, spec, meter);
  const base = bases.get(type) ?? 10;
  const magnitude = whole < 0 ? -BigInt(whole) : whole;
  const digits = base === 10 ? wholeText(magnitude) : magnitude.toString(base);
  const shown = type === "X" ? digits.toUpperCase() : digits;
  const prefix = spec.alternate && base !== 10 ? `0${type}` : "";
  return numberText(whole < 0, prefix, shown, "", spec, base === 10 ? 3 : 4, meter);
}

function formatCharacter(code: number | bigint, spec: Spec, meter: Meter): string {
  if (spec.sign) throw new PyError("ValueError", "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) {
    throw new PyError("ValueError", "Alternate form (#) not allowed with integer format specifier 'c'");
  }
  if (code < 0 || code > 0x10ffff) throw new PyError("OverflowError", "%c arg not in range(0x110000)");
  return aligned("", String.fromCodePoint(Number(code)), spec, meter);
}

function formatFloat(value: number, kind: string, spec: Spec, meter: Meter): string {
  if (!/^[eEfFgGn%]?$/.test(spec.type)) throw unknownCode(spec.type, kind);
  if ((spec.precision ?? 0) > widest) throw new PyError("ValueError", "precision too big");
  meter.allocate(spec.precision ?? 0);
  const magnitude = Math.abs(value);
  const lower = Number.isFinite(value) ? digitsOf(magnitude, spec) : Number.isNaN(value) ? "nan" : "inf";
  const text = /^[EFG]$/.test(spec.type) ? lower.toUpperCase() : lower;
  const [, whole = "", rest = ""] = /^(\d*)(.*)$/s.exec(text) as RegExpExecArray;
  const signed = value < 0 || Object.is(value, -0);
  const isNegative = signed && !(spec.noNegativeZero && Number(text) === 0);
  const suffix = (whole === "" ? text : rest) + (spec.type === "%" ? "%" : "");
  return numberText(isNegative, "", whole, suffix, spec, 3, meter);
}

function digitsOf(magnitude: number, spec: Spec): string {
  const { precision, alternate } = spec;
  switch (spec.type) {
    case "e":
    case "E":
      return exponentText(magnitude, precision ?? 6, alternate);
    case "f":
    case "F":
      return pointed(fixedText(magnitude, precision ?? 6), alternate);
    case "%":
      return pointed(percentText(magnitude, precision ?? 6), alternate);
    case "g":
    case "G":
    case "n":
      return generalText(magnitude, precision ?? 6, alternate);
    default:
      if (precision === undefined) return shortest(magnitude, alternate);
      return generalText(magnitude, precision, alternate, true);
  }
}

/** The shortest text that reads back as the same float; the alternate form always has a point. */
function shortest(magnitude: number, alternate: boolean): string {
  const text = reprFloat(magnitude);
  return alternate && !text.includes(".") ? text.replace("e", ".e") : text;
}

function percentText(magnitude: number, precision: number): string {
  const hundredfold = magnitude * 100;
  return Number.isFinite(hundredfold) ? fixedText(hundredfold, precision) : "inf";
}

function pointed(text: string, alternate: boolean): string {
  return alternate && !text.includes(".") ? `${text}.` : text;
}

/** Sign, prefix, digits in groups, and padding: with `=` the padding (and its groups, for zeros) goes after the sign. */
function numberText(
  isNegative: boolean,
  prefix: string,
  digits: string,
  suffix: string,
  spec: Spec,
  groupSize: number,
  meter: Meter,
): string {
  const head = (isNegative ? "-" : spec.sign === "-" ? "" : spec.sign) + prefix;
  if (!spec.grouping) return aligned(head, digits + suffix, spec, meter);
  const zeros = spec.fill === "0" && spec.align === "=" ? spec.width - head.length - suffix.length : 0;
  if (zeros > 0) meter.allocate(zeros);
  return aligned(head, grouped(digits, spec.grouping, groupSize, zeros) + suffix, spec, meter);
}

/** Digits with a separator between groups, filled with zeros up to `width`: a separator never comes first. */
function grouped(digits: string, separator: string, size: number, width: number): string {
  if (digits === "") return digits;
  let text = "";
  let left = digits;
  let groupLength = 0;
  while (left !== "" || text.length < width) {
    if (groupLength === size) {
      text = separator + text;
      groupLength = 0;
      if (left === "" && text.length >= width) text = `0${text}`;
      if (left === "" && text.length >= width) break;
    }
    text = (left.at(-1) ?? "0") + text;
    left = left.slice(0, -1);
    groupLength += 1;
  }
  return text;
}

function aligned(head: string, body: string, spec: Spec, meter: Meter): string {
  const missing = spec.width - textLength(head) - textLength(body);
  if (missing <= 0) return head + body;
  meter.allocate(missing);
  switch (spec.align) {
    case "<":
      return head + body + spec.fill.repeat(missing);
    case "^": {
      const left = missing >> 1;
      return spec.fill.repeat(left) + head + body + spec.fill.repeat(missing - left);
    }
    case "=":
      return head + spec.fill.repeat(missing) + body;
    default:
      return spec.fill.repeat(missing) + head + body;
  }
}
