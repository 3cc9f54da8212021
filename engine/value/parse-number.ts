import { latin1Text } from "./bytes.js";
import { charge } from "./meter.js";
import { type Integer, isInteger, plainInt, toDouble, truncate } from "./numbers.js";
import { repr } from "./repr.js";
import { strip, textOf } from "./text.js";
import { BudgetError, Bytes, int, PyError, PyFloat, PyObject, typeName, type Value } from "./types.js";

const mostDigits = 4300;
/** Bases that are powers of two have no limit in Python; they have one here. */
const mostDigitsOfAnyBase = 20_000;

/**
 * Python's `int(value)`, and `int(text, base)` when a base is given.
 * @throws PyError ValueError `invalid literal for int() with base 10: 'x'`, TypeError, OverflowError
 */
export function toInt(value: Value, base?: number): number | bigint {
  if (value instanceof PyObject) value.use();
  const text = literal(value);
  if (text !== undefined) return parseInteger(text, base ?? 10, value);
  if (base !== undefined) throw new PyError("TypeError", "int() can't convert non-string with explicit base");
  if (isInteger(value)) return plainInt(value);
  if (value instanceof PyFloat) return truncate(value.value);
  throw new PyError(
    "TypeError",
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  );
}

/**
 * Python's `float(value)`.
 * @throws PyError ValueError `could not convert string to float: 'x'`, TypeError, OverflowError
 */
export function toFloat(value: Value): number {
  if (value instanceof PyObject) value.use();
  const text = literal(value);
  if (text !== undefined) return parseDouble(text, value);
  if (isInteger(value) || value instanceof PyFloat) return toDouble(value as Integer | PyFloat);
  throw new PyError("TypeError", `float() argument must be a string or a real number, not '${typeName(value)}'`);
}

function literal(value: Value): string | undefined {
  const text = value instanceof Bytes ? latin1Text(value.data) : textOf(value);
  // Several passes, and one that makes each character of another script anew.
  charge((text?.length ?? 0) >> 2);
  return text;
}

const prefixes: ReadonlyMap<string, number> = new Map([
  ["0x", 16],
  ["0o", 8],
  ["0b", 2],
]);

function parseInteger(literalText: string, base: number, shown: Value): number | bigint {
  if (base !== 0 && (base < 2 || base > 36)) {
    throw new PyError("ValueError", "int() base must be >= 2 and <= 36, or 0");
  }
  const invalid = () => new PyError("ValueError", `invalid literal for int() with base ${base}: ${repr(shown)}`);
  const text = asciiDigits(trimmed(literalText)).toLowerCase();
  const sign = /^[+-]/.test(text) ? text.charAt(0) : "";
  const unsigned = text.slice(sign.length);
  const prefixBase = prefixes.get(unsigned.slice(0, 2));
  const prefixed = prefixBase !== undefined && (base === 0 || base === prefixBase);
  const radix = prefixed ? prefixBase : base || 10;
  const body = prefixed ? unsigned.slice(2).replace(/^_/, "") : unsigned;
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(body)) throw invalid();
  const digits = body.replaceAll("_", "");
  // Base 0 reads literals, and a literal has no leading zero.
  if (base === 0 && !prefixed && /^0+[1-9]/.test(digits)) throw invalid();
  if (digits.length > mostDigits && (radix & (radix - 1)) !== 0) {
    throw new PyError(
      "ValueError",
      `Exceeds the limit (${mostDigits} digits) for integer string conversion: value has ${digits.length} digits; ` +
        "use sys.set_int_max_str_digits() to increase the limit",
    );
  }
  if (digits.length > mostDigitsOfAnyBase) throw new BudgetError("The integer literal is too long.");
  const whole = wholeNumber(digits, radix);
  if (whole === undefined) throw invalid();
  return sign === "-" ? int(-whole) : int(whole);
}

function wholeNumber(digits: string, radix: number): bigint | undefined {
  if (radix === 10) return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined;
  let result = 0n;
  for (const digit of digits) {
    const value = Number.parseInt(digit, 36);
    if (value >= radix) return undefined;
    result = result * BigInt(radix) + BigInt(value);
  }
  return result;
}

const doubleForm = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/;

function parseDouble(literalText: string, shown: Value): number {
  const text = asciiDigits(trimmed(literalText)).toLowerCase();
  if (doubleForm.test(text)) return Number(text.replaceAll("_", ""));
  if (/^[+-]?inf(?:inity)?$/.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[+-]?nan$/.test(text)) return Number.NaN;
  throw new PyError("ValueError", `could not convert string to float: ${repr(shown)}`);
}

/** An ASCII text loses only the white space that C knows; any other, all that Unicode knows. */
function trimmed(text: string): string {
  return /[^ -~\s]/.test(text) && !/[\u0080-\uffff]/.test(text) ? text.trim() : strip(text);
}

const digit = /\p{Nd}/u;

/** Decimal digits of other scripts as ASCII ones. */
function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (character) => String(digitValue(character)));
}

/** The value of a decimal digit of any script: digits come in runs of ten. */
function digitValue(character: string): number {
  const code = character.codePointAt(0) as number;
  let start = code;
  while (digit.test(String.fromCodePoint(start - 1))) start -= 1;
  return (code - start) % 10;
}
