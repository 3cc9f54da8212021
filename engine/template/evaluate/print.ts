import type { Span } from "../../problem.js";
import type { SaltRelease } from "../../salt-version/release.js";
import { escapeValue, Markup } from "../../value/markup.js";
import { NamedTuple } from "../../value/named-tuple.js";
import { repr, str } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { Dict, PyError, PyObject, PySet, Tuple, type Value } from "../../value/types.js";
import { doubleQuoted, foldedDoubleQuoted } from "../yaml-text/dump.js";
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

function printedText(value: Value, rendering: Rendering): string {
  const { autoescape } = rendering;
  if (typeof value === "string") return autoescape ? escapeValue(value).text : value;
  const printable = finalized(value, rendering);
  return autoescape ? escapeValue(printable).text : str(printable);
}

/**
 * Salt's `finalize`: all dicts, at any depth, become ones that print readably
 * (salt.utils.jinja.SerializerExtension.finalizer).
 */
function finalized(value: Value, rendering: Rendering): Value {
  if (value === null || typeof value !== "object") return value;
  // Parts that a value shares are copied each time they come: a few lines can ask for millions.
  rendering.budget.step(stepsPerItem);
  const inner = (item: Value) => finalized(item, rendering);
  if (value instanceof Dict) {
    const pairs = [...value].map(([key, item]): [Value, Value] => [key, inner(item)]);
    return new PrintableDict(pairs, rendering.salt);
  }
  if (Array.isArray(value)) {
    if (rendering.isOption(value) && rendering.salt.has("options-proxy")) throw new PyError("TypeError", proxyError);
    return value.map(inner);
  }
  if (value instanceof NamedTuple) return rebuilt(value);
  if (value instanceof Tuple) return new Tuple(value.items.map(inner));
  return value instanceof PySet ? PySet.from([...value].map(inner)) : value;
}

/** Where `opts` hands out its lists behind proxies, Salt tries to make a new proxy of the printed items (salt.utils.optsdict). */
const proxyError = "ListProxy.__init__() missing 2 required positional arguments: 'parent_optsdict' and 'key'";

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
  readonly #salt: SaltRelease;

  constructor(pairs: readonly [Value, Value][], salt: SaltRelease) {
    super();
    this.#pairs = pairs;
    this.#salt = salt;
  }

  override str(): string {
    return this.#print((value) => (textOf(value) === undefined ? str(value) : this.#quoted(value)));
  }

  override repr(): string {
    return this.#print((value) => this.#quoted(value));
  }

  #print(show: (value: Value) => string): string {
    return `{${this.#pairs.map(([key, value]) => `${repr(key)}: ${show(value)}`).join(", ")}}`;
  }

  /** salt.utils.jinja._yaml_safe_repr: with line breaks or tabs so that YAML reads them back. */
  #quoted(value: Value): string {
    const text = textOf(value);
    if (text === undefined || !/[\n\r\t]/.test(text) || !this.#salt.has("quoted-line-breaks")) return repr(value);
    return text.length < foldedFrom || this.#salt.has("unfolded-line-breaks")
      ? doubleQuoted(text, true)
      : foldedDoubleQuoted(text);
  }
}

/** PyYAML breaks lines behind column 80; an escaped character takes ten at most. */
const foldedFrom = 9;

/** What a block of output is as a value. */
export function rendered(rendering: Rendering, output: Output): Value {
  return rendering.autoescape ? new Markup(output.text) : output.text;
}
