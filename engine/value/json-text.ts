import { lessThan } from "./compare.js";
import type { Meter } from "./meter.js";
import { reprFloat, wholeText } from "./repr.js";
import { textOf } from "./text.js";
import { Dict, PyError, PyFloat, PyObject, Tuple, typeName, type Value } from "./types.js";

/** Options of Python's `json.dumps`. */
export interface JsonOptions {
  /** The text of one level of indentation; undefined for everything in one line. */
  readonly indent?: string;
  readonly sortKeys?: boolean;
  readonly ensureAscii?: boolean;
  readonly skipKeys?: boolean;
  readonly allowNan?: boolean;
  readonly itemSeparator?: string;
  readonly keySeparator?: string;
}

/**
 * Python's `json.dumps`.
 * @throws PyError TypeError `Object of type set is not JSON serializable`, ValueError `Circular reference detected`
 */
export function jsonText(value: Value, options: JsonOptions, meter: Meter): string {
  return new Writer(options, meter).write(value, "");
}

const deepest = 300;

class Writer {
  readonly #open: Value[] = [];
  readonly #itemSeparator: string;
  readonly #keySeparator: string;

  readonly #options: JsonOptions;
  readonly #meter: Meter;

  constructor(options: JsonOptions, meter: Meter) {
    this.#options = options;
    this.#meter = meter;
    this.#itemSeparator = options.itemSeparator ?? (options.indent === undefined ? ", " : ",");
    this.#keySeparator = options.keySeparator ?? ": ";
  }

  write(value: Value, margin: string): string {
    this.#meter.step();
    const text = textOf(value);
    if (text !== undefined) return this.#quoted(text);
    if (value === null) return "null";
    if (typeof value === "boolean") return String(value);
    if (typeof value === "number" || typeof value === "bigint") return wholeText(value);
    if (value instanceof PyFloat) return this.#float(value.value);
    if (Array.isArray(value) || value instanceof Tuple) return this.#nested(value, margin);
    if (value instanceof Dict) return this.#nested(value, margin);
    throw new PyError("TypeError", `Object of type ${shortName(value)} is not JSON serializable`);
  }

  #nested(value: Value[] | Tuple | Dict, margin: string): string {
    if (this.#open.includes(value)) throw new PyError("ValueError", "Circular reference detected");
    if (this.#open.length > deepest) {
      throw new PyError("RecursionError", "maximum recursion depth exceeded while encoding a JSON object");
    }
    this.#open.push(value);
    const inner = margin + (this.#options.indent ?? "");
    const isDict = value instanceof Dict;
    const parts = isDict ? this.#pairs(value, inner) : this.#items(value, inner);
    this.#open.pop();
    const [start, end] = isDict ? ["{", "}"] : ["[", "]"];
    if (parts.length === 0) return start + end;
    const isBroken = this.#options.indent !== undefined;
    const body = isBroken
      ? `\n${inner}${parts.join(`${this.#itemSeparator}\n${inner}`)}\n${margin}`
      : parts.join(this.#itemSeparator);
    this.#meter.allocate(body.length);
    return start + body + end;
  }

  #items(value: Value[] | Tuple, margin: string): string[] {
    const items = value instanceof Tuple ? value.items : value;
    return items.map((item) => this.write(item, margin));
  }

  #pairs(dict: Dict, margin: string): string[] {
    const pairs = [...dict];
    if (this.#options.sortKeys) pairs.sort(([a], [b]) => (lessThan(a, b) ? -1 : lessThan(b, a) ? 1 : 0));
    return pairs.flatMap(([key, item]) => {
      const name = this.#key(key);
      return name === undefined ? [] : [`${this.#quoted(name)}${this.#keySeparator}${this.write(item, margin)}`];
    });
  }

  #key(key: Value): string | undefined {
    const text = textOf(key);
    if (text !== undefined) return text;
    if (key instanceof PyFloat || key === null || typeof key !== "object") return this.write(key, "");
    if (this.#options.skipKeys) return undefined;
    throw new PyError("TypeError", `keys must be str, int, float, bool or None, not ${shortName(key)}`);
  }

  #float(value: number): string {
    if (Number.isFinite(value)) return reprFloat(value);
    if (this.#options.allowNan === false) {
      throw new PyError("ValueError", `Out of range float values are not JSON compliant: ${reprFloat(value)}`);
    }
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }

  #quoted(text: string): string {
    const unescaped = JSON.stringify(text);
    if (this.#options.ensureAscii === false) return lonesUnescaped(unescaped);
    return unescaped.replace(/[\u007f-\uffff]/g, (unit) =>
      unit === "\x7f" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  }
}

/** JavaScript escapes lone surrogates of its own accord; Python leaves them. */
function lonesUnescaped(json: string): string {
  return json.replace(
    /(?<!\\)((?:\\\\)*)\\u(d[89a-f][0-9a-f]{2})/g,
    (_, before: string, hex: string) => before + String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function shortName(value: Value): string {
  if (value instanceof PyObject) return value.typeName;
  return typeName(value).split(".").at(-1) as string;
}
