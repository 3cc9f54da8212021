import { exponentText, fixedText, generalText } from "./float-text.js";
import type { Meter } from "./meter.js";
import { isInteger, isNumber, plainInt, toDouble, truncate } from "./numbers.js";
import { ascii, repr, str, wholeText } from "./repr.js";
import { textLength, textOf } from "./text.js";
import { Bytes, Dict, PyError, PyFloat, PyObject, Tuple, typeName, type Value } from "./types.js";

/** One conversion of a `%` format: `%-5.2f` and the like. */
interface Conversion {
  left: boolean;
  sign: "" | "+" | " ";
  zero: boolean;
  alternate: boolean;
  width: number;
  precision: number | undefined;
}

/** How the arguments become text; Markup escapes them. */
export interface Conversions {
  readonly str: (value: Value) => string;
  readonly repr: (value: Value) => string;
}

const plain: Conversions = { str, repr };

/** Widths and precisions that a C int holds. */
const widest = 2_147_483_647;

/**
 * Python's `format % values`.
 * @throws PyError TypeError `not enough arguments for format string`, ValueError `unsupported format character …`
 */
export function formatPercent(format: string, values: Value, meter: Meter, convert: Conversions = plain): string {
  return new PercentFormatter(format, values, meter, convert).run();
}

class PercentFormatter {
  readonly #positional: readonly Value[];
  #next = 0;
  /** Where reading is, in code points: error messages count so. */
  #at = 0;
  readonly #format: string[];
  #keyed: Value | undefined;

  readonly #values: Value;
  readonly #meter: Meter;
  readonly #convert: Conversions;

  constructor(format: string, values: Value, meter: Meter, convert: Conversions) {
    this.#values = values;
    this.#meter = meter;
    this.#convert = convert;
    meter.step(format.length >> 3);
    this.#format = Array.from(format);
    this.#positional = values instanceof Tuple ? values.items : [values];
  }

  run(): string {
    let result = "";
    while (this.#at < this.#format.length) {
      const character = this.#format[this.#at++] as string;
      if (character !== "%") result += character;
      else if (this.#format[this.#at] === "%") {
        result += "%";
        this.#at += 1;
      } else {
        const converted = this.#conversion();
        this.#meter.allocate(converted.length);
        result += converted;
      }
    }
    // A mapping may stay unused.
    if (this.#next < this.#positional.length && !isMapping(this.#values)) {
      throw new PyError("TypeError", "not all arguments converted during string formatting");
    }
    return result;
  }

  #conversion(): string {
    this.#keyed = undefined;
    if (this.#format[this.#at] === "(") this.#keyed = this.#key();
    const spec: Conversion = { left: false, sign: "", zero: false, alternate: false, width: 0, precision: undefined };
    this.#flags(spec);
    this.#width(spec);
    this.#precision(spec);
    if (/[hlL]/.test(this.#format[this.#at] ?? "")) this.#at += 1;
    const type = this.#format[this.#at++];
    if (type === undefined) throw new PyError("ValueError", "incomplete format");
    const text = this.#converted(type, spec);
    const missing = spec.width - textLength(text);
    if (missing <= 0) return text;
    this.#meter.allocate(missing);
    return spec.left ? text + " ".repeat(missing) : " ".repeat(missing) + text;
  }

  #key(): Value {
    if (!isMapping(this.#values)) throw new PyError("TypeError", "format requires a mapping");
    // Once a conversion took a key, none can take the mapping itself.
    this.#next = this.#positional.length;
    const start = ++this.#at;
    for (let depth = 1; depth > 0; this.#at += 1) {
      const character = this.#format[this.#at];
      if (character === undefined) throw new PyError("ValueError", "incomplete format key");
      if (character === "(") depth += 1;
      else if (character === ")") depth -= 1;
    }
    const name = this.#format.slice(start, this.#at - 1).join("");
    const value = mappingItem(this.#values, name);
    if (value === undefined) throw new PyError("KeyError", repr(name));
    return value;
  }

  #flags(spec: Conversion): void {
    for (; ; this.#at += 1) {
      const flag = this.#format[this.#at];
      if (flag === "-") spec.left = true;
      else if (flag === "+") spec.sign = "+";
      else if (flag === " ") spec.sign ||= " ";
      else if (flag === "#") spec.alternate = true;
      else if (flag === "0") spec.zero = true;
      else return;
    }
  }

  #width(spec: Conversion): void {
    if (this.#format[this.#at] === "*") {
      this.#at += 1;
      const width = this.#star("C ssize_t");
      spec.left ||= width < 0;
      spec.width = Math.abs(width);
    } else spec.width = this.#digits("width too big");
  }

  #precision(spec: Conversion): void {
    if (this.#format[this.#at] !== ".") return;
    this.#at += 1;
    if (this.#format[this.#at] === "*") {
      this.#at += 1;
      spec.precision = Math.max(0, this.#star("C int"));
    } else spec.precision = this.#digits("precision too big");
    if (spec.precision > widest) throw new PyError("ValueError", "precision too big");
  }

  #star(holder: string): number {
    const value = this.#argument();
    if (!isInteger(value)) throw new PyError("TypeError", "* wants int");
    const whole = plainInt(value);
    if (typeof whole === "bigint") throw new PyError("OverflowError", `Python int too large to convert to ${holder}`);
    return whole;
  }

  #digits(tooBig: string): number {
    let number = 0;
    for (; /^[0-9]$/.test(this.#format[this.#at] ?? ""); this.#at += 1) {
      number = number * 10 + Number(this.#format[this.#at]);
      if (number > Number.MAX_SAFE_INTEGER) throw new PyError("ValueError", tooBig);
    }
    return number;
  }

  #argument(): Value {
    const keyed = this.#keyed;
    this.#keyed = undefined;
    if (keyed !== undefined) return keyed;
    const value = this.#positional[this.#next];
    if (value === undefined) throw new PyError("TypeError", "not enough arguments for format string");
    this.#next += 1;
    return value;
  }

  #converted(type: string, spec: Conversion): string {
    const value = this.#argument();
    switch (type) {
      case "s":
        return cut(this.#convert.str(value), spec.precision);
      case "r":
        return cut(this.#convert.repr(value), spec.precision);
      case "a":
        return cut(ascii(this.#convert.repr(value)), spec.precision);
      case "c":
        return characterOf(value);
      case "d":
      case "i":
      case "u":
      case "x":
      case "X":
      case "o":
        return this.#integer(type, value, spec);
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G":
        return this.#float(type, value, spec);
      default: {
        const code = (type.codePointAt(0) ?? 0).toString(16);
        const shown = /^[\x20-\x7e]$/.test(type) ? type : "?";
        throw new PyError("ValueError", `unsupported format character '${shown}' (0x${code}) at index ${this.#at - 1}`);
      }
    }
  }

  #integer(type: string, value: Value, spec: Conversion): string {
    const whole = wholeNumber(type, value);
    const base = type === "o" ? 8 : type === "x" || type === "X" ? 16 : 10;
    let digits = base === 10 ? wholeText(whole < 0 ? -BigInt(whole) : whole) : absoluteText(whole, base);
    if (spec.precision !== undefined) {
      this.#meter.allocate(spec.precision);
      digits = digits.padStart(spec.precision, "0");
    }
    const prefix = spec.alternate && base !== 10 ? (base === 8 ? "0o" : "0x") : "";
    const text = this.#signed(prefix, digits, whole < 0, spec);
    return type === "X" ? text.toUpperCase() : text;
  }

  #float(type: string, value: Value, spec: Conversion): string {
    if (value instanceof PyObject) value.use();
    if (!isNumber(value)) throw new PyError("TypeError", `must be real number, not ${typeName(value)}`);
    const number = toDouble(value);
    const magnitude = Math.abs(number);
    const precision = spec.precision ?? 6;
    this.#meter.allocate(precision);
    const text = floatText(type.toLowerCase(), magnitude, precision, spec.alternate);
    const isNegative = number < 0 || Object.is(number, -0);
    const padded = this.#signed("", text, isNegative, spec);
    return type === type.toUpperCase() ? padded.toUpperCase() : padded;
  }

  /** Sign and prefix before the digits, zeros between them when the flag asks for it. */
  #signed(prefix: string, digits: string, isNegative: boolean, spec: Conversion): string {
    const head = (isNegative ? "-" : spec.sign) + prefix;
    if (!spec.zero || spec.left) return head + digits;
    const missing = spec.width - head.length - digits.length;
    if (missing <= 0) return head + digits;
    this.#meter.allocate(missing);
    return head + "0".repeat(missing) + digits;
  }
}

/** The digits of a float, without a sign: the types `e`, `f` and `g`. */
export function floatText(type: string, magnitude: number, precision: number, alternate: boolean): string {
  if (Number.isNaN(magnitude)) return "nan";
  if (magnitude === Number.POSITIVE_INFINITY) return "inf";
  if (type === "e") return exponentText(magnitude, precision, alternate);
  if (type === "g") return generalText(magnitude, precision, alternate);
  const text = fixedText(magnitude, precision);
  return precision === 0 && alternate ? `${text}.` : text;
}

/** The digits of an int in another base, without a sign. */
function absoluteText(whole: number | bigint, base: number): string {
  return (whole < 0 ? -whole : whole).toString(base);
}

function wholeNumber(type: string, value: Value): number | bigint {
  if (value instanceof PyObject) value.use();
  if (isInteger(value)) return plainInt(value);
  if (type === "x" || type === "X" || type === "o") {
    throw new PyError("TypeError", `%${type} format: an integer is required, not ${typeName(value)}`);
  }
  if (!(value instanceof PyFloat)) {
    throw new PyError("TypeError", `%${type} format: a real number is required, not ${typeName(value)}`);
  }
  return truncate(value.value);
}

function characterOf(value: Value): string {
  const text = textOf(value);
  if (text !== undefined && textLength(text) === 1) return text;
  if (!isInteger(value)) throw new PyError("TypeError", "%c requires int or char");
  const code = plainInt(value);
  if (code < 0 || code > 0x10ffff) throw new PyError("OverflowError", "%c arg not in range(0x110000)");
  return String.fromCodePoint(Number(code));
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : Array.from(text).slice(0, precision).join("");
}

/** What CPython takes for a mapping here: what has items, but for tuples and texts. */
function isMapping(value: Value): boolean {
  if (value instanceof PyObject) return value.item !== PyObject.prototype.item;
  return value instanceof Dict || Array.isArray(value) || value instanceof Bytes;
}

function mappingItem(value: Value, name: string): Value | undefined {
  if (value instanceof Dict) return value.get(name);
  if (value instanceof PyObject) return value.item(name);
  const kind = value instanceof Bytes ? "byte" : typeName(value);
  throw new PyError("TypeError", `${kind} indices must be integers or slices, not str`);
}
