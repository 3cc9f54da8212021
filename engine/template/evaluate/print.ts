import type { Span } from "../../problem.js";
import { escapeValue, Markup } from "../../value/markup.js";
import { NamedTuple } from "../../value/named-tuple.js";
import { repr, str } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { Dict, PyError, PyObject, PySet, Tuple, type Value } from "../../value/types.js";
import type { Budget } from "../budget.js";
import type { Origin } from "./origins.js";
import type { Output } from "./output.js";
import type { Rendering } from "./rendering.js";

/** Prints a value: what stands between `{{` and `}}`. */
export function printValue(
  value: Value,
  source: Span,
  origin: Origin | undefined,
  rendering: Rendering,
  output: Output,
): void {
  const text = printedText(value, rendering);
  rendering.budget.write(text.length);
  const captured = rendering.provenance.takeCaptured(text);
  if (captured && rendering.mapped) output.append(captured);
  else output.value(text, source, origin, rendering.file, rendering.frames);
}

function printedText(value: Value, { autoescape, budget }: Rendering): string {
  if (typeof value === "string") return autoescape ? escapeValue(value).text : value;
  const printable = finalized(value, budget);
  return autoescape ? escapeValue(printable).text : str(printable);
}

/**
 * Salt's `finalize`: all dicts, at any depth, become ones that print readably
 * (salt.utils.jinja.SerializerExtension.finalizer).
 */
function finalized(value: Value, budget: Budget): Value {
  if (value === null || typeof value !== "object") return value;
  // Parts that a value shares are copied each time they come: a few lines can ask for millions.
  budget.step(stepsPerItem);
  const inner = (item: Value) => finalized(item, budget);
  if (value instanceof Dict) return new PrintableDict([...value].map(([key, item]) => [key, inner(item)]));
  if (Array.isArray(value)) return value.map(inner);
  if (value instanceof NamedTuple) return rebuilt(value);
  if (value instanceof Tuple) return new Tuple(value.items.map(inner));
  return value instanceof PySet ? PySet.from([...value].map(inner)) : value;
}

const stepsPerItem = 4;

/** Salt makes such a tuple anew of one list, which suits only a tuple of one. */
function rebuilt({ className, fields }: NamedTuple): never {
  const missing = fields.slice(1).map((field) => `'${field}'`);
  const names = missing.length > 1 ? `${missing.slice(0, -1).join(", ")} and ${missing.at(-1)}` : missing.join("");
  const count = `${missing.length} required positional argument${missing.length > 1 ? "s" : ""}`;
  throw new PyError("TypeError", `${className}.__new__() missing ${count}: ${names}`);
}

/** salt.utils.jinja.PrintableDict: its texts are quoted, what else it holds is printed by `str`. */
class PrintableDict extends PyObject {
  readonly typeName = "PrintableDict";

  readonly #pairs: readonly [Value, Value][];

  constructor(pairs: readonly [Value, Value][]) {
    super();
    this.#pairs = pairs;
  }

  override str(): string {
    return this.#print((value) => (textOf(value) === undefined ? str(value) : repr(value)));
  }

  override repr(): string {
    return this.#print(repr);
  }

  #print(show: (value: Value) => string): string {
    return `{${this.#pairs.map(([key, value]) => `${repr(key)}: ${show(value)}`).join(", ")}}`;
  }
}

/** What a block of output is as a value. */
export function rendered(rendering: Rendering, output: Output): Value {
  return rendering.autoescape ? new Markup(output.text) : output.text;
}
