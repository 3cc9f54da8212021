import { Markup } from "../../value/markup.js";
import { str } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { PyError, PyObject, type Value } from "../../value/types.js";
import { type Cost, type MeteredTable, meteredTable } from "../cost.js";
import { attributeOf } from "../methods/attributes.js";
import { type Args, type EvalContext, type Kwargs, NativeFunction, noKwargs } from "../runtime.js";
import { Signature } from "../signature.js";

/** A filter: `value|name(args, kwargs)`. @throws PyError what Python raises */
export interface Filter {
  (context: EvalContext, value: Value, args: Args, kwargs: Kwargs): Value;
  /** What may stand in its parentheses, as Python writes it: `width=4`. Undefined where nobody says. */
  readonly parameters?: readonly string[];
}

/** Filters by name. */
export type FilterTable = MeteredTable<Filter>;

/** A filter on its way into a table. */
export type FilterEntry = readonly [name: string, cost: Cost, filter: Filter];

export const filterTable = meteredTable<Filter>;

/**
 * A filter that Jinja or Salt writes as a Python function. `definition` is its `def` line, the value first; `body` gets
 * one value for each parameter.
 */
export function python(definition: string, body: (context: EvalContext, ...values: Value[]) => Value): Filter {
  const signature = new Signature(definition);
  const filter = (context: EvalContext, value: Value, args: Args, kwargs: Kwargs) =>
    body(context, ...signature.bind([value, ...args], kwargs));
  return Object.assign(filter, { parameters: signature.shown.slice(1) });
}

/** A filter that is a built-in function of one argument: `abs`, `len`. */
export function builtin(name: string, body: (value: Value, context: EvalContext) => Value): Filter {
  return (context, value, args, kwargs) => {
    if (kwargs.size) throw new PyError("TypeError", `${name}() takes no keyword arguments`);
    if (args.length) {
      throw new PyError("TypeError", `${name}() takes exactly one argument (${args.length + 1} given)`);
    }
    return body(value, context);
  };
}

/** markupsafe's `soft_str`: what is a text already, safe or not, stays; the rest is printed. */
export function softText(value: Value): string | Markup {
  return value instanceof Markup ? value : str(value);
}

/** Calls a method of the value's text: `soft_str(value).name(…)`. */
export function textMethod(context: EvalContext, value: Value, name: string, ...args: Value[]): Value {
  const method = attributeOf(softText(value), name);
  if (!(method instanceof NativeFunction))
    throw new PyError("AttributeError", `'str' object has no attribute '${name}'`);
  return method.call(context, args, noKwargs);
}

/** The text of a str; undefined for anything else, with strict undefined raising. */
export function usedText(value: Value): string | undefined {
  if (value instanceof PyObject) value.use();
  return textOf(value);
}

/** What a filter made, safe HTML where autoescape is on. */
export function marked(context: EvalContext, text: string): Value {
  return context.autoescape ? new Markup(text) : text;
}
