import { lessThan } from "../../value/compare.js";
import { repr } from "../../value/repr.js";
import { splitLines, textLength } from "../../value/text.js";
import { Bytes, Dict, OrderedDict, PyError, PySet, Tuple, typeName, type Value } from "../../value/types.js";
import type { EvalContext } from "../runtime.js";
import { type FilterTable, filterTable, python } from "./define.js";

// Python's pprint: 80 columns, dicts sorted by key, what does not fit in a line broken at its items.

const width = 80;
const deepest = 300;

/** Python's `pprint.pformat(value)` */
export function prettyText(context: EvalContext, value: Value): string {
  const text = new PrettyPrinter(context).format(value, 0, 0, 0);
  context.budget.allocate(text.length);
  return text;
}

class PrettyPrinter {
  readonly #open: Value[] = [];
  readonly #context: EvalContext;
  constructor(context: EvalContext) {
    this.#context = context;
  }

  /** `allowance` columns are kept free at the end of the last line for what closes around. */
  format(value: Value, indent: number, allowance: number, level: number): string {
    if (this.#open.includes(value)) return recursion(value);
    const short = this.#oneLine(value);
    if (textLength(short) <= width - indent - allowance || !isBreakable(value)) return short;
    this.#open.push(value);
    const text = this.#broken(value, indent, allowance, level + 1);
    this.#open.pop();
    return text;
  }

  /** `repr`, but dicts are sorted all the way down. */
  #oneLine(value: Value): string {
    this.#context.budget.step();
    if (!isContainer(value)) return repr(value);
    if (this.#open.includes(value)) return recursion(value);
    if (this.#open.length > deepest) {
      throw new PyError("RecursionError", "maximum recursion depth exceeded while getting the repr of an object");
    }
    this.#open.push(value);
    const list = (items: readonly Value[]) => items.map((item) => this.#oneLine(item)).join(", ");
    let text: string;
    if (value instanceof Dict) {
      text = `{${sortedPairs(value)
        .map(([key, item]) => `${this.#oneLine(key)}: ${this.#oneLine(item)}`)
        .join(", ")}}`;
    } else if (value instanceof Tuple) {
      text = value.items.length === 1 ? `(${list(value.items)},)` : `(${list(value.items)})`;
    } else text = `[${list(value)}]`;
    this.#open.pop();
    return text;
  }

  #broken(value: Value, indent: number, allowance: number, level: number): string {
    if (typeof value === "string") return this.#text(value, indent, allowance, level);
    if (value instanceof Bytes) return bytesText(value, indent, allowance, level);
    if (value instanceof OrderedDict) {
      const pairs = Array.from(value, (pair) => new Tuple(pair));
      return `OrderedDict(${this.format(pairs, indent + 12, allowance + 1, level)})`;
    }
    if (value instanceof Dict) return `{${this.#pairs(sortedPairs(value), indent + 1, allowance + 1, level)}}`;
    if (value instanceof Tuple) {
      const end = value.items.length === 1 ? ",)" : ")";
      return `(${this.#items(value.items, indent + 1, allowance + end.length, level)}${end}`;
    }
    if (value instanceof PySet) return `{${this.#items(sorted([...value]), indent + 1, allowance + 1, level)}}`;
    return `[${this.#items(value as Value[], indent + 1, allowance + 1, level)}]`;
  }

  #items(items: readonly Value[], indent: number, allowance: number, level: number): string {
    const last = items.length - 1;
    return items
      .map((item, index) => this.format(item, indent, index === last ? allowance : 1, level))
      .join(`,\n${" ".repeat(indent)}`);
  }

  #pairs(pairs: readonly [Value, Value][], indent: number, allowance: number, level: number): string {
    const last = pairs.length - 1;
    return pairs
      .map(([key, item], index) => {
        const name = this.#oneLine(key);
        return `${name}: ${this.format(item, indent + textLength(name) + 2, index === last ? allowance : 1, level)}`;
      })
      .join(`,\n${" ".repeat(indent)}`);
  }

  /** A long text becomes several adjacent ones, broken at line ends and blanks. */
  #text(value: string, outerIndent: number, outerAllowance: number, level: number): string {
    this.#context.budget.step(4 * value.length);
    const isTop = level === 1;
    const indent = outerIndent + (isTop ? 1 : 0);
    const allowance = outerAllowance + (isTop ? 1 : 0);
    const lines = splitLines(value, true);
    const chunks: string[] = [];
    let shown = repr(value);
    lines.forEach((line, index) => {
      const isLast = index === lines.length - 1;
      shown = repr(line);
      if (textLength(shown) <= width - indent - (isLast ? allowance : 0)) chunks.push(shown);
      else chunks.push(...wordChunks(line, width - indent, isLast ? allowance : 0));
    });
    if (chunks.length === 1) return shown;
    const joined = chunks.join(`\n${" ".repeat(indent)}`);
    return isTop ? `(${joined})` : joined;
  }
}

function wordChunks(line: string, room: number, allowance: number): string[] {
  const parts = (line.match(/\S*\s*/g) ?? []).filter((part) => part);
  const chunks: string[] = [];
  let current = "";
  parts.forEach((part, index) => {
    const most = room - (index === parts.length - 1 ? allowance : 0);
    if (textLength(repr(current + part)) > most) {
      if (current) chunks.push(repr(current));
      current = part;
    } else current += part;
  });
  if (current) chunks.push(repr(current));
  return chunks;
}

/** Bytes break after every fourth byte where the line is full. */
function bytesText(value: Bytes, outerIndent: number, outerAllowance: number, level: number): string {
  if (value.data.length <= 4) return repr(value);
  const isTop = level === 1;
  const indent = outerIndent + (isTop ? 1 : 0);
  const room = width - indent;
  const allowance = outerAllowance + (isTop ? 1 : 0);
  const lines: string[] = [];
  const lastFour = Math.floor(value.data.length / 4) * 4;
  let current = new Uint8Array();
  for (let at = 0; at < value.data.length; at += 4) {
    const candidate = Uint8Array.from([...current, ...value.data.subarray(at, at + 4)]);
    const most = room - (at === lastFour ? allowance : 0);
    if (repr(new Bytes(candidate)).length > most) {
      if (current.length) lines.push(repr(new Bytes(current)));
      current = value.data.slice(at, at + 4);
    } else current = candidate;
  }
  if (current.length) lines.push(repr(new Bytes(current)));
  const joined = lines.join(`\n${" ".repeat(indent)}`);
  return isTop ? `(${joined})` : joined;
}

function isContainer(value: Value): value is Value[] | Tuple | Dict {
  return Array.isArray(value) || value instanceof Tuple || (value instanceof Dict && !(value instanceof OrderedDict));
}

function isBreakable(value: Value): boolean {
  if (typeof value === "string") return value !== "";
  if (value instanceof Dict || value instanceof PySet) return value.size > 0;
  return Array.isArray(value) || value instanceof Tuple || value instanceof Bytes;
}

function recursion(value: Value): string {
  return `<Recursion on ${typeName(value)} with id=0>`;
}

function sortedPairs(dict: Dict): [Value, Value][] {
  return [...dict].sort(([a], [b]) => order(a, b));
}

function sorted(items: Value[]): Value[] {
  return items.sort(order);
}

/** What cannot be compared is ordered by the name of its class. */
function order(a: Value, b: Value): number {
  try {
    if (lessThan(a, b)) return -1;
    return lessThan(b, a) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof PyError) || error.type !== "TypeError") throw error;
    const [left, right] = [typeName(a), typeName(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  }
}

export const prettyFilters: FilterTable = filterTable([
  ["pprint", "counted", python("do_pprint(value)", (context, value) => prettyText(context, value))],
]);
