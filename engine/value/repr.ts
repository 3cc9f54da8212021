import { charge } from "./meter.js";
import {
  BudgetError,
  Bytes,
  Dict,
  OrderedDict,
  PyError,
  PyFloat,
  PyObject,
  PySet,
  Tuple,
  typeName,
  type Value,
} from "./types.js";

/** Python's `str(value)`: what `{{ value }}` prints and what Salt's messages show. */
export function str(value: Value): string {
  if (typeof value === "string") return value;
  return value instanceof PyObject ? value.str() : repr(value);
}

/**
 * Python's `repr(value)`. A container that holds itself shows `[...]` there.
 * @throws PyError RecursionError when nested too deeply, BudgetError when shared parts would print millions of items
 */
export function repr(value: Value): string {
  if (typeof value === "string") return reprText(value);
  if (value === null) return "None";
  if (typeof value !== "object") return reprPlain(value);
  return new Printer().print(value);
}

function reprPlain(value: number | bigint | boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return wholeText(value);
}

/** Python's own limit of the digits that an int may print. */
const mostDigits = 4300;

/**
 * Decimal text of an int.
 * @throws PyError ValueError `Exceeds the limit (4300 digits) for integer string conversion; …`
 */
export function wholeText(value: number | bigint): string {
  // A bigint of n hexadecimal digits has more than 1.2 n - 2 decimal ones: no need to make them to see it is too long.
  const tooLong = () =>
    new PyError(
      "ValueError",
      `Exceeds the limit (${mostDigits} digits) for integer string conversion; ` +
        "use sys.set_int_max_str_digits() to increase the limit",
    );
  if (typeof value === "bigint" && value.toString(16).length > mostDigits) throw tooLong();
  const text = String(value);
  if (text.length - (value < 0 ? 1 : 0) > mostDigits) throw tooLong();
  return text;
}

const deepest = 300;
const mostItems = 200_000;

/** Prints one value: knows the containers it is inside of, and how much it has printed. */
class Printer {
  readonly #open: Value[] = [];
  #items = 0;

  print(value: Value): string {
    this.#items += 1;
    charge(1);
    if (this.#items > mostItems) throw new BudgetError(`The value has more than ${mostItems} items to print.`);
    if (typeof value === "string") return reprText(value);
    if (value === null) return "None";
    if (typeof value !== "object") return reprPlain(value);
    if (value instanceof PyFloat) return reprFloat(value.value);
    if (value instanceof Bytes) return reprBytes(value.data);
    return this.#container(value);
  }

  #container(value: Value[] | Tuple | Dict | PySet | PyObject): string {
    if (this.#open.includes(value)) return circular(value);
    if (this.#open.length > deepest) {
      throw new PyError("RecursionError", "maximum recursion depth exceeded while getting the repr of an object");
    }
    this.#open.push(value);
    const text = this.#inside(value);
    this.#open.pop();
    return text;
  }

  #inside(value: Value[] | Tuple | Dict | PySet | PyObject): string {
    if (Array.isArray(value)) return `[${this.#list(value)}]`;
    if (value instanceof Tuple)
      return value.items.length === 1 ? `(${this.#list(value.items)},)` : `(${this.#list(value.items)})`;
    if (value instanceof OrderedDict) {
      const pairs = [...value].map(([key, item]) => `(${this.print(key)}, ${this.print(item)})`);
      return pairs.length ? `OrderedDict([${pairs.join(", ")}])` : "OrderedDict()";
    }
    if (value instanceof Dict) {
      return `{${[...value].map(([key, item]) => `${this.print(key)}: ${this.print(item)}`).join(", ")}}`;
    }
    if (value instanceof PySet) return value.size ? `{${this.#list(value)}}` : `${typeName(value)}()`;
    return value.repr();
  }

  #list(items: Iterable<Value>): string {
    return Array.from(items, (item) => this.print(item)).join(", ");
  }
}

function circular(value: Value): string {
  if (Array.isArray(value)) return "[...]";
  if (value instanceof Tuple) return "(...)";
  return value instanceof Dict ? "{...}" : "...";
}

/** Python's shortest float text: exponent below 1e-4 and from 1e16, always with a point or an exponent. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = Math.abs(exponent).toString().padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function reprText(text: string): string {
  charge(text.length >> 3);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // Everything Python does not call printable is escaped: controls, separators but the blank, unassigned, surrogates.
  const body = text.replace(
    /[\\\n\r\t]|[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (c) => escapes.get(c) ?? escapeCodePoint(c),
  );
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

/** Python's `ascii` of a text that `repr` made: what is not ASCII is escaped. */
export function ascii(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, escapeCodePoint);
}

function escapeCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

function reprBytes(data: Uint8Array): string {
  charge(data.length >> 2);
  let body = "";
  for (const byte of data) {
    const character = String.fromCharCode(byte);
    const escaped = escapes.get(character);
    if (escaped) body += escaped;
    else if (byte < 0x20 || byte > 0x7e) body += `\\x${byte.toString(16).padStart(2, "0")}`;
    else body += character;
  }
  if (body.includes("'") && !body.includes('"')) return `b"${body}"`;
  return `b'${body.replaceAll("'", "\\'")}'`;
}
