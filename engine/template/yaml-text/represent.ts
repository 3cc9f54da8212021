import { base64Text } from "../../value/bytes.js";
import { lessThan } from "../../value/compare.js";
import type { Meter } from "../../value/meter.js";
import { reprFloat, wholeText } from "../../value/repr.js";
import { Bytes, Dict, OrderedDict, PyError, PyFloat, PySet, Tuple, type Value } from "../../value/types.js";
import { tags } from "../../yaml/resolve.js";

/** A value as PyYAML's representer sees it, before it is written. */
export type YamlItem =
  | { readonly kind: "scalar"; readonly tag: string; readonly text: string; readonly literal?: boolean }
  | { readonly kind: "sequence"; readonly items: readonly YamlItem[]; readonly source: Value }
  | {
      readonly kind: "mapping";
      readonly tag: string;
      readonly pairs: readonly (readonly [YamlItem, YamlItem])[];
      readonly source: Value;
    };

const deepest = 300;

/**
 * Represents a value, dicts sorted by key as PyYAML does, ordered dicts as they are. The same list or dict is the same
 * item again, so that it can become an alias.
 */
export function represent(value: Value, meter: Meter, unknown: (value: Value) => YamlItem): YamlItem {
  return new Representer(meter, unknown).represent(value, 0);
}

class Representer {
  readonly #known = new Map<Value, YamlItem>();
  readonly #meter: Meter;
  readonly #unknown: (value: Value) => YamlItem;

  constructor(meter: Meter, unknown: (value: Value) => YamlItem) {
    this.#meter = meter;
    this.#unknown = unknown;
  }

  represent(value: Value, depth: number): YamlItem {
    this.#meter.step();
    const simple = representScalar(value);
    if (simple) return simple;
    if (depth > deepest) throw new PyError("RecursionError", "maximum recursion depth exceeded");
    const known = this.#known.get(value);
    if (known) return known;
    const item = this.#collection(value, depth + 1);
    return item ?? this.#unknown(value);
  }

  #collection(value: Value, depth: number): YamlItem | undefined {
    if (Array.isArray(value) || value instanceof Tuple) {
      const items: YamlItem[] = [];
      const sequence: YamlItem = { kind: "sequence", items, source: value };
      // The empty tuple is one object, and never an alias.
      if (!(value instanceof Tuple && value.items.length === 0)) this.#known.set(value, sequence);
      for (const item of value instanceof Tuple ? value.items : value) items.push(this.represent(item, depth));
      return sequence;
    }
    if (!(value instanceof Dict) && !(value instanceof PySet)) return undefined;
    const pairs: (readonly [YamlItem, YamlItem])[] = [];
    const mapping: YamlItem = {
      kind: "mapping",
      tag: value instanceof PySet ? tags.set : tags.map,
      pairs,
      source: value,
    };
    this.#known.set(value, mapping);
    for (const [key, item] of entries(value)) pairs.push([this.represent(key, depth), this.represent(item, depth)]);
    return mapping;
  }
}

function entries(value: Dict | PySet): (readonly [Value, Value])[] {
  const pairs = value instanceof Dict ? [...value] : Array.from(value, (item) => [item, null] as const);
  if (value instanceof OrderedDict) return pairs;
  try {
    return pairs.sort(([a], [b]) => (lessThan(a, b) ? -1 : lessThan(b, a) ? 1 : 0));
  } catch (error) {
    // Keys that cannot be compared stay in their order.
    if (error instanceof PyError && error.type === "TypeError") return pairs;
    throw error;
  }
}

/** The scalars of PyYAML's safe representer; undefined for anything else. */
export function representScalar(value: Value): (YamlItem & { kind: "scalar" }) | undefined {
  const scalar = (tag: string, text: string) => ({ kind: "scalar", tag, text }) as const;
  if (value === null) return scalar(tags.null, "null");
  if (typeof value === "string") return scalar(tags.str, value);
  if (typeof value === "boolean") return scalar(tags.bool, String(value));
  if (typeof value === "number" || typeof value === "bigint") return scalar(tags.int, wholeText(value));
  if (value instanceof PyFloat) return scalar(tags.float, floatText(value.value));
  if (!(value instanceof Bytes)) return undefined;
  const base64 = base64Text(value.data);
  const lines = base64.match(/.{1,76}/g) ?? [];
  return { ...scalar(tags.binary, lines.map((line) => `${line}\n`).join("")), literal: true };
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  const text = reprFloat(value);
  return text.includes(".") ? text : text.replace("e", ".0e");
}
