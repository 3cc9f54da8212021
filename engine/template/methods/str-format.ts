import { formatValue } from "../../value/format-spec.js";
import { escapeValue, Markup } from "../../value/markup.js";
import { ascii, repr, str } from "../../value/repr.js";
import { subscript } from "../../value/subscript.js";
import { PyError, type Value } from "../../value/types.js";
import type { Args, EvalContext, Kwargs } from "../runtime.js";
import { fieldPath, parseFormat } from "./format-string.js";

// `str.format` and `str.format_map` as Jinja's sandbox lets them run: attributes and items are looked up by the rules
// of the environment, so that what a template may not see a format string may not see either.

/** `text.format(…)`. @throws PyError KeyError, IndexError, ValueError, SecurityError */
export function formatMethod(self: string | Markup, args: Args, context: EvalContext, kwargs: Kwargs): Value {
  return formatted(self, args, (name) => kwargs.get(name), context);
}

/** `text.format_map(mapping)` */
export function formatMapMethod(self: string | Markup, args: Args, context: EvalContext, kwargs: Kwargs): Value {
  if (kwargs.size) throw new PyError("TypeError", "format_map() takes no keyword arguments");
  if (args.length !== 1) {
    throw new PyError("TypeError", `format_map() takes exactly one argument (${args.length} given)`);
  }
  return formatted(self, [], (name) => subscript(args[0] as Value, name, context.budget), context);
}

function formatted(
  self: string | Markup,
  args: Args,
  named: (name: string) => Value | undefined,
  context: EvalContext,
): Value {
  const safe = self instanceof Markup;
  const text = new Formatter(args, named, context, safe).format(safe ? self.text : self, 2);
  return safe ? new Markup(text) : text;
}

class Formatter {
  /** The next number of an empty field name; undefined once a number was written out. */
  #automatic: number | undefined = 0;
  readonly #args: Args;
  readonly #named: (name: string) => Value | undefined;
  readonly #context: EvalContext;
  readonly #escaping: boolean;

  constructor(args: Args, named: (name: string) => Value | undefined, context: EvalContext, escaping: boolean) {
    this.#args = args;
    this.#named = named;
    this.#context = context;
    this.#escaping = escaping;
  }

  format(format: string, depth: number): string {
    if (depth < 0) throw new PyError("ValueError", "Max string recursion exceeded");
    let result = "";
    for (const { literal, field } of parseFormat(format)) {
      result += literal;
      if (!field) continue;
      const value = converted(this.#lookUp(this.#numbered(field.name)), field.conversion);
      const spec = this.format(field.spec, depth - 1);
      const text = this.#fieldText(value, spec);
      this.#context.budget.allocate(text.length);
      result += text;
    }
    return result;
  }

  /** Markup's own formatter escapes what it puts in. */
  #fieldText(value: Value, spec: string): string {
    if (!this.#escaping) return formatValue(value, spec, this.#context.budget);
    if (!(value instanceof Markup)) return escapeValue(formatValue(value, spec, this.#context.budget)).text;
    if (spec) throw new PyError("ValueError", "Unsupported format specification for Markup.");
    return value.text;
  }

  #numbered(name: string): string {
    if (name === "") {
      if (this.#automatic === undefined) throw mixedNumbers();
      this.#automatic += 1;
      return String(this.#automatic - 1);
    }
    if (/^[0-9]+$/.test(name)) {
      if (this.#automatic) throw mixedNumbers();
      this.#automatic = undefined;
    }
    return name;
  }

  #lookUp(name: string): Value {
    const { first, rest } = fieldPath(name);
    let value = typeof first === "number" ? this.#args[first] : this.#named(first);
    if (value === undefined) {
      if (typeof first === "number") throw new PyError("IndexError", "tuple index out of range");
      throw new PyError("KeyError", repr(first));
    }
    for (const { isAttribute, key } of rest) {
      this.#context.budget.step();
      value = isAttribute ? this.#context.getAttribute(value, String(key)) : this.#context.getItem(value, key);
    }
    return value;
  }
}

function mixedNumbers(): PyError {
  return new PyError("ValueError", "cannot switch from manual field specification to automatic field numbering");
}

function converted(value: Value, conversion: string | null): Value {
  switch (conversion) {
    case null:
      return value;
    case "s":
      return str(value);
    case "r":
      return repr(value);
    case "a":
      return ascii(repr(value));
    default:
      throw new PyError("ValueError", `Unknown conversion specifier ${conversion}`);
  }
}
