import { iterate, truthy } from "../../value/iterate.js";
import { PyIterator } from "../../value/iterator.js";
import { repr } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { hashKey, PyError, PyObject, typeName, type Value } from "../../value/types.js";
import { attributeOf } from "../methods/attributes.js";
import { type Args, type EvalContext, type Kwargs, Undefined } from "../runtime.js";
import { attributeGetter, type Getter } from "./attribute.js";
import { type Filter, type FilterTable, filterTable, python } from "./define.js";

// map, select, reject and their kin: lazy, and their arguments are looked at only when an item is asked for.

function prepareMap(context: EvalContext, args: Args, kwargs: Kwargs): Getter {
  const attribute = kwargs.get("attribute");
  if (args.length === 0 && attribute !== undefined) {
    for (const name of kwargs.keys()) {
      if (name === "attribute" || name === "default") continue;
      throw new PyError("FilterArgumentError", `Unexpected keyword argument ${repr(name)}`);
    }
    return attributeGetter(context, attribute, undefined, kwargs.get("default") ?? null);
  }
  const [name, ...rest] = args;
  if (name === undefined) throw new PyError("FilterArgumentError", "map requires a filter argument");
  return (item) => context.callFilter(nameOf(name, "filter"), item, rest, kwargs);
}

/** The name of a filter or test; what is no text names none. */
function nameOf(name: Value, kind: "filter" | "test"): string {
  const text = textOf(name);
  if (text !== undefined) return text;
  hashKey(name);
  throw new PyError("TemplateRuntimeError", `No ${kind} named ${repr(name)}.`);
}

function* mapItems(context: EvalContext, value: Value, args: Args, kwargs: Kwargs): Iterable<Value> {
  if (!truthy(value)) return;
  const map = prepareMap(context, args, kwargs);
  for (const item of iterate(value)) {
    context.budget.step();
    yield map(item);
  }
}

interface Selection {
  /** What it keeps: items that pass the test, or those that fail. */
  readonly keep: boolean;
  /** The first argument names an attribute, and that is tested. */
  readonly byAttribute: boolean;
}

function prepareTest(context: EvalContext, args: Args, kwargs: Kwargs, byAttribute: boolean): (item: Value) => boolean {
  const [attribute] = args;
  if (byAttribute && attribute === undefined) {
    throw new PyError("FilterArgumentError", "Missing parameter for attribute name");
  }
  const get: Getter = byAttribute ? attributeGetter(context, attribute as Value) : (item) => item;
  const [name, ...rest] = byAttribute ? args.slice(1) : args;
  if (name === undefined) return (item) => truthy(get(item));
  return (item) => context.callTest(nameOf(name, "test"), get(item), rest, kwargs);
}

function* selectItems(
  context: EvalContext,
  value: Value,
  args: Args,
  kwargs: Kwargs,
  { keep, byAttribute }: Selection,
): Iterable<Value> {
  if (!truthy(value)) return;
  const test = prepareTest(context, args, kwargs, byAttribute);
  for (const item of iterate(value)) {
    context.budget.step();
    if (test(item) === keep) yield item;
  }
}

function selecting(selection: Selection): Filter {
  return (context, value, args, kwargs) =>
    new PyIterator(selectItems(context, value, args, kwargs, selection), "generator", "select_or_reject");
}

/** Jinja's `attr`: the attribute alone, never the item. */
function attribute(context: EvalContext, value: Value, name: Value): Value {
  const text = textOf(name);
  if (text === undefined) {
    hashKey(name);
    throw new PyError("TypeError", `attribute name must be string, not '${typeName(name)}'`);
  }
  // What the sandbox refuses is there, and refused by the environment.
  if (value instanceof PyObject && !text.startsWith("_")) value.use();
  if (attributeOf(value, text) !== undefined || text.startsWith("_")) return context.getAttribute(value, text);
  return context.undefined({ object: value, name: text });
}

function defaultValue(_: EvalContext, value: Value, fallback: Value, boolean: Value): Value {
  if (value instanceof Undefined || (truthy(boolean) && !truthy(value))) return fallback;
  return value;
}

const defaulting = python("do_default(value, default_value='', boolean=False)", defaultValue);

export const selectFilters: FilterTable = filterTable([
  ["attr", "constant", python("do_attr(@environment, obj, name)", attribute)],
  ["d", "constant", defaulting],
  ["default", "constant", defaulting],
  [
    "map",
    "counted",
    (context, value, args, kwargs) =>
      new PyIterator(mapItems(context, value, args, kwargs), "generator", "sync_do_map"),
  ],
  ["select", "counted", selecting({ keep: true, byAttribute: false })],
  ["reject", "counted", selecting({ keep: false, byAttribute: false })],
  ["selectattr", "counted", selecting({ keep: true, byAttribute: true })],
  ["rejectattr", "counted", selecting({ keep: false, byAttribute: true })],
]);
