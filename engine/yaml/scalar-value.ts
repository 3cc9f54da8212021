import type { SaltRelease } from "../salt-version/release.js";
import { base64Bytes } from "../value/bytes.js";
import { repr } from "../value/repr.js";
import { Bytes, int, PyError, PyFloat, type Value } from "../value/types.js";

/** Longest run of decimal digits that Python turns into an int. */
const maximumDigits = 4300;

/**
 * `!!int` as Salt reads it: leading zeros fall away, so `017` is 17 (but `-017` is -15, an octal number, as in PyYAML).
 * @throws PyError ValueError or IndexError for texts that are none
 */
export function intValue(text: string): Value {
  if (/^[1-9][0-9]{0,14}$/.test(text)) return Number(text);
  let rest = text;
  if (/^0(?![bx])/.test(rest) && rest !== "0") rest = rest.replace(/^0+/, "") || "0";
  rest = rest.replaceAll("_", "");
  if (rest === "") throw new PyError("IndexError", "string index out of range");
  const negative = rest.startsWith("-");
  if (negative || rest.startsWith("+")) rest = rest.slice(1);
  const value = unsignedInt(rest);
  return int(negative ? -value : value);
}

function unsignedInt(text: string): bigint {
  if (text === "") throw new PyError("IndexError", "string index out of range");
  if (text === "0") return 0n;
  if (text.startsWith("0b")) return parseInteger(text.slice(2), 2, "0b");
  if (text.startsWith("0x")) return parseInteger(text.slice(2), 16, "0x");
  if (text.startsWith("0")) return parseInteger(text, 8, "0o");
  if (!text.includes(":")) return parseInteger(text, 10, "");
  return text.split(":").reduce((sum, part) => sum * 60n + parseInteger(part, 10, ""), 0n);
}

const digitsOf: Readonly<Record<number, RegExp>> = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-f]+$/i };

function parseInteger(text: string, base: number, prefix: string): bigint {
  const match = /^([-+]?)(.*)$/s.exec(strip(text));
  const digits = match?.[2] ?? "";
  if (!digitsOf[base]?.test(digits)) {
    throw new PyError("ValueError", `invalid literal for int() with base ${base}: ${repr(text)}`);
  }
  if (base === 10 && digits.length > maximumDigits) {
    throw new PyError(
      "ValueError",
      `Exceeds the limit (${maximumDigits} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  const value = BigInt(prefix + digits);
  return match?.[1] === "-" ? -value : value;
}

/** Python's `strip`, for which a byte order mark is no white space. */
function strip(text: string): string {
  const isBlank = (character: string) => /^[^\S\ufeff]$/.test(character);
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** @throws PyError ValueError or IndexError for texts that are no number */
export function floatValue(text: string): PyFloat {
  let rest = text.replaceAll("_", "").toLowerCase();
  const negative = rest.startsWith("-");
  if (rest === "") throw new PyError("IndexError", "string index out of range");
  if (negative || rest.startsWith("+")) rest = rest.slice(1);
  const value = unsignedFloat(rest);
  return new PyFloat(negative ? -value : value);
}

function unsignedFloat(text: string): number {
  if (text === ".inf") return Number.POSITIVE_INFINITY;
  if (text === ".nan") return Number.NaN;
  if (!text.includes(":")) return parseFloatText(text);
  let value = 0;
  let base = 1;
  for (const part of text.split(":").map(parseFloatText).reverse()) {
    value += part * base;
    base *= 60;
  }
  return value;
}

function parseFloatText(text: string): number {
  const trimmed = strip(text);
  if (/^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?$/.test(trimmed)) return Number(trimmed);
  const word = /^([-+]?)(nan|inf|infinity)$/.exec(trimmed);
  if (!word) throw new PyError("ValueError", `could not convert string to float: ${repr(text)}`);
  if (word[2] === "nan") return Number.NaN;
  return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** @throws PyError KeyError for words that are none */
export function boolValue(text: string): boolean {
  const word = text.toLowerCase();
  if (word === "yes" || word === "true" || word === "on") return true;
  if (word === "no" || word === "false" || word === "off") return false;
  throw new PyError("KeyError", repr(word));
}

/** `!!binary`, padded where this release of Salt does so. @throws PyError ConstructorError */
export function binaryValue(text: string, salt: SaltRelease): Bytes {
  const foreign = [...text].findIndex((character) => (character.codePointAt(0) ?? 0) > 0x7f);
  if (foreign >= 0) {
    const character = [...text][foreign] ?? "";
    const reason = `'ascii' codec can't encode character ${asciiRepr(character)} in position ${foreign}: ordinal not in range(128)`;
    throw new PyError("ConstructorError", `failed to convert base64 data into ascii: ${reason}`);
  }
  // Salt counts all characters, line breaks included.
  const missing = text.length % 4;
  const padded = missing > 0 && salt.has("unpadded-binary") ? text + "=".repeat(4 - missing) : text;
  return new Bytes(decodeBase64(padded));
}

function asciiRepr(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `'\\x${code.toString(16).padStart(2, "0")}'`;
  if (code <= 0xffff) return `'\\u${code.toString(16).padStart(4, "0")}'`;
  return `'\\U${code.toString(16).padStart(8, "0")}'`;
}

/** As Python's binascii does: characters outside of the alphabet are passed over, padding ends the data. */
function decodeBase64(text: string): Uint8Array {
  const fail = (reason: string): never => {
    throw new PyError("ConstructorError", `failed to decode base64 data: ${reason}`);
  };
  let digits = "";
  let padding = 0;
  for (const character of text) {
    if (character === "=") {
      if (digits.length % 4 >= 2 && (digits.length % 4) + ++padding >= 4) {
        return base64Bytes(digits);
      }
    } else if (/[A-Za-z0-9+/]/.test(character)) {
      digits += character;
      padding = 0;
    }
  }
  if (digits.length % 4 === 1) {
    fail(
      `Invalid base64-encoded string: number of data characters (${digits.length}) cannot be 1 more than a multiple of 4`,
    );
  }
  if (digits.length % 4 !== 0) fail("Incorrect padding");
  return base64Bytes(digits);
}
