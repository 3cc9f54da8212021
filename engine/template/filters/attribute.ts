import { Markup } from "../../value/markup.js";
import { toInt } from "../../value/parse-number.js";
import { textOf } from "../../value/text.js";
import type { Value } from "../../value/types.js";
import { isDigits } from "../methods/str-case.js";
import { type EvalContext, Undefined } from "../runtime.js";

export type Getter = (item: Value) => Value;

/** Jinja's `ignore_case`: texts in lower case, the rest as it is. */
export function ignoreCase(value: Value): Value {
  if (typeof value === "string") return value.toLowerCase();
  return value instanceof Markup ? new Markup(value.text.toLowerCase()) : value;
}

/** `a.0.b` is the item a, of that the item 0 … */
function pathOf(attribute: Value): Value[] {
  if (attribute === null) return [];
  const text = textOf(attribute);
  if (text === undefined) return [attribute];
  return text.split(".").map((part) => (isDigits(part) ? toInt(part) : part));
}

/** Jinja's `make_attrgetter`: looks a dotted path up in an item by the environment's rules. */
export function attributeGetter(
  context: EvalContext,
  attribute: Value,
  after: Getter = (item) => item,
  fallback: Value = null,
): Getter {
  const path = pathOf(attribute);
  return (item) => {
    let value = item;
    for (const part of path) {
      context.budget.step();
      value = context.getItem(value, part);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return after(value);
  };
}

/** Jinja's `make_multi_attrgetter`: one value for each path of `a,b.c`. */
export function attributesGetter(context: EvalContext, attribute: Value, after?: Getter): (item: Value) => Value[] {
  const text = textOf(attribute);
  const getters = (text === undefined ? [attribute] : text.split(",")).map((part) =>
    attributeGetter(context, part, after),
  );
  return (item) => getters.map((get) => get(item));
}
