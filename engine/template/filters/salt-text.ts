import { hashes } from "#hashes";
import { concatBytes, hexBytes, hexText } from "../../value/bytes.js";
import { iterate, sizeOf, truthy } from "../../value/iterate.js";
import { charge, type Meter } from "../../value/meter.js";
import { isInteger, plainInt } from "../../value/numbers.js";
import { toFloat, toInt } from "../../value/parse-number.js";
import { str } from "../../value/repr.js";
import { subscript } from "../../value/subscript.js";
import { isSpace, strip, textOf } from "../../value/text.js";
import { Bytes, int, PyError, PyFloat, PyObject, typeName, type Value } from "../../value/types.js";
import { decode, encode } from "../methods/codec.js";
import { capitalize } from "../methods/str-case.js";
import { type FilterTable, filterTable, python, usedText } from "./define.js";
import { isHashable } from "./salt-lists.js";

// Salt's filters on one value: text, numbers, truth (salt-reference §3.3).

/** `to_bool`: None, bools, texts and ints by their own rules, containers by their length, all else false. */
function toBool(value: Value): boolean {
  if (value === null) return false;
  if (typeof value === "boolean") return value;
  const text = textOf(value);
  if (text !== undefined) return ["yes", "1", "true"].includes(text.toLowerCase());
  if (isInteger(value)) return plainInt(value) > 0;
  if (value instanceof PyObject) value.use();
  return !isHashable(value) && (sizeOf(value) ?? 0) > 0;
}

/** Salt's own namespace of names for version 5 UUIDs. */
const uuidNamespace = "91633ebf1c865e33935a28061f4b480e";

function uuid(value: Value): string {
  const name = textBytes(value, "expected str, bytes, or bytearray not ");
  const digest = hashes.hash("sha1", concatBytes(hexBytes(uuidNamespace), name.data));
  digest[6] = ((digest[6] as number) & 0x0f) | 0x50;
  digest[8] = ((digest[8] as number) & 0x3f) | 0x80;
  return hexText(digest.subarray(0, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The UTF-8 bytes of a text, or bytes as they are. @throws PyError TypeError */
export function textBytes(value: Value, complaint: string): Bytes {
  if (value instanceof Bytes) return value;
  const text = usedText(value);
  if (text === undefined) throw new PyError("TypeError", `${complaint}<class '${typeName(value)}'>`);
  return encode(text, "utf-8", "strict");
}

/** POSIX shell quoting: Python's `shlex.quote`. */
function shellQuote(value: Value): string {
  const text = usedText(value);
  if (text === undefined) {
    if (!truthy(value)) return "''";
    throw new PyError("TypeError", `expected string or bytes-like object, got '${typeName(value)}'`);
  }
  if (text === "") return "''";
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** `to_num`: an int, else a float, else the value itself. */
function toNumber(value: Value): Value {
  for (const convert of [() => toInt(value), () => new PyFloat(toFloat(value))]) {
    try {
      return convert();
    } catch (error) {
      if (!(error instanceof PyError) || error.type !== "ValueError") throw error;
    }
  }
  return value;
}

function isHex(value: Value): boolean {
  if (usedText(value) === undefined) return false;
  try {
    toInt(value, 16);
    return true;
  } catch (error) {
    if (error instanceof PyError && (error.type === "ValueError" || error.type === "TypeError")) return false;
    throw error;
  }
}

function containsWhitespace(value: Value): boolean {
  for (const character of iterate(value)) {
    const text = textOf(character);
    if (text === undefined) {
      throw new PyError("AttributeError", `'${typeName(character)}' object has no attribute 'isspace'`);
    }
    if (isSpace(text)) return true;
  }
  return false;
}

/** `human_to_bytes`: 2G, 30MB, 64KiB; metric units count by thousands only when asked to. */
function humanToBytes(value: Value, defaultUnit: Value, metric: Value): Value {
  const text = strip(str(value));
  // A number, and behind it a unit on the same line.
  const given = /^[0-9.]*/.exec(text)?.[0] ?? "";
  const behind = text.slice(given.length).trimStart();
  const [digits, written] = behind.includes("\n") ? ["", ""] : [given, behind];
  const unit = written.toLowerCase() || str(defaultUnit).toLowerCase();
  const number = toNumber(digits);
  if (typeof number === "string") return 0;
  const isMetric = /^[kmgtpezy]b$/.test(unit) && truthy(metric);
  if (!/^(?:b|[kmgtpezy](?:i?b)?)$/.test(unit)) return 0;
  const power = "bkmgtpezy".indexOf(unit.charAt(0));
  const factor = isMetric ? 10n ** BigInt(power * 3) : 2n ** BigInt(power * 10);
  if (!(number instanceof PyFloat)) return int(BigInt(number as number | bigint) * factor);
  const product = number.value * Number(factor);
  return int(BigInt(Math.trunc(product)));
}

/** salt.utils.stringutils.camel_to_snake_case: a list of texts goes as well as a text. */
function toSnakeCase(value: Value, meter: Meter): string {
  const text = usedText(value);
  let result = stringOf(subscript(value, 0, meter)).toLowerCase();
  const letters = text === undefined ? Array.from(iterate(value), stringOf) : Array.from(text);
  for (const [index, letter] of letters.entries()) {
    if (index === 0) continue;
    const next = letters[index + 1];
    const begins = isLower(letters[index - 1] ?? "") || (next !== undefined && isLower(next));
    if (isUpper(letter) && begins) result += "_";
    result += letter.toLowerCase();
  }
  return result;
}

function isUpper(text: string): boolean {
  return text.toUpperCase() === text && text.toLowerCase() !== text;
}

function isLower(text: string): boolean {
  return text.toLowerCase() === text && text.toUpperCase() !== text;
}

function toCamelCase(value: Value, upper: Value): string {
  const [first = "", ...rest] = stringOf(value).split("_");
  charge(4 * rest.length);
  // Python's title() begins each run of letters with a capital.
  return [truthy(upper) ? capitalize(first) : first, ...rest.map(capitalize)].join("");
}

function stringOf(value: Value): string {
  const text = usedText(value);
  if (text === undefined) throw new PyError("AttributeError", `'${typeName(value)}' object has no attribute 'split'`);
  return text;
}

function toBytes(value: Value, encoding: Value, errors: Value): Value {
  if (value instanceof Bytes) return value;
  const text = usedText(value);
  if (text === undefined) {
    throw new PyError("TypeError", `expected str, bytes, or bytearray not <class '${typeName(value)}'>`);
  }
  return encode(text, encoding === null ? "utf-8" : str(encoding), str(errors));
}

/** The bytes of a MAC address. */
function macBytes(value: Value): Value {
  const text = usedText(value);
  if (text === undefined) throw new PyError("TypeError", `object of type '${typeName(value)}' has no len()`);
  let hex = text;
  if (text.length === 17) hex = text.replaceAll(text.charAt(2), "");
  else if (text.length !== 12) throw new PyError("ValueError", "Invalid MAC address");
  return new Bytes(Uint8Array.from(hex.match(/.{2}/gs) ?? [], (pair) => Number(toInt(pair, 16))));
}

/** `to_str` of Salt: texts as they are, bytes as UTF-8. */
export function toStr(value: Value): string {
  if (value instanceof Bytes) return decode(value, "utf-8", "strict");
  const text = usedText(value);
  if (text === undefined) {
    throw new PyError("TypeError", `expected str, bytes, or bytearray not <class '${typeName(value)}'>`);
  }
  return text;
}

export const saltTextFilters: FilterTable = filterTable([
  ["contains_whitespace", "linear", python("contains_whitespace(text)", (_, value) => containsWhitespace(value))],
  [
    "human_to_bytes",
    "counted",
    python("human_to_bytes(size, default_unit='B', handle_metric=False)", (_, ...args) =>
      humanToBytes(...(args as [Value, Value, Value])),
    ),
  ],
  ["is_hex", "constant", python("is_hex(value)", (_, value) => isHex(value))],
  ["mac_str_to_bytes", "linear", python("mac_str_to_bytes(mac_str)", (_, value) => macBytes(value))],
  ["quote", "each", python("quote(txt)", (_, value) => shellQuote(value))],
  ["skip", "linear", python("skip_filter(data)", () => "")],
  ["str_to_num", "counted", python("to_num(text)", (_, value) => toNumber(value))],
  ["to_bool", "counted", python("to_bool(val)", (_, value) => toBool(value))],
  [
    "to_bytes",
    "counted",
    python("to_bytes(s, encoding=None, errors='strict')", (_, value, encoding, errors) =>
      toBytes(value, encoding, errors),
    ),
  ],
  [
    "to_camelcase",
    "each",
    python("snake_to_camel_case(snake_input, uppercamel=False)", (_, value, upper) => toCamelCase(value, upper)),
  ],
  ["to_num", "counted", python("to_num(text)", (_, value) => toNumber(value))],
  [
    "to_snake_case",
    "each",
    python("camel_to_snake_case(camel_input)", ({ budget }, value) => toSnakeCase(value, budget)),
  ],
  ["uuid", "each", python("uuid_(val)", (_, value) => uuid(value))],
]);
