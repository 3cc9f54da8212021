import { binary } from "../../value/arithmetic.js";
import { compare } from "../../value/compare.js";
import { equal } from "../../value/equal.js";
import { iterate, length, toList, truthy } from "../../value/iterate.js";
import { PyIterator } from "../../value/iterator.js";
import { escapeValue, Markup } from "../../value/markup.js";
import { NamedTuple } from "../../value/named-tuple.js";
import { Range } from "../../value/range.js";
import { str } from "../../value/repr.js";

import { characters, textOf } from "../../value/text.js";
import { Bytes, Dict, PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import { DictView } from "../../value/views.js";
import { integer } from "../methods/define.js";
import { dictOf } from "../methods/dict.js";
import { joinTexts } from "../methods/str-search.js";
import { type EvalContext, Undefined } from "../runtime.js";
import { sortValues } from "../sorting.js";
import { attributeGetter, attributesGetter, type Getter, ignoreCase } from "./attribute.js";
import { builtin, type FilterTable, filterTable, python, softText } from "./define.js";

/** A generator of Jinja's: lazy, once. */
function generator(name: string, items: Iterable<Value>): PyIterator {
  return new PyIterator(items, "generator", name);
}

function first(context: EvalContext, value: Value): Value {
  for (const item of iterate(value)) return item;
  return context.undefined({ hint: "No first item, sequence was empty." });
}

/** Python's `reversed(value)`, as an array. @throws PyError TypeError `'set' object is not reversible` */
function reversed(value: Value): Value[] {
  if (value instanceof PyObject) value.use();
  if (!isReversible(value)) throw new PyError("TypeError", `'${typeName(value)}' object is not reversible`);
  return toList(value).reverse();
}

function isReversible(value: Value): boolean {
  if (value instanceof PyObject) {
    return value instanceof Markup || value instanceof Range || value instanceof DictView;
  }
  if (typeof value === "string" || Array.isArray(value)) return true;
  return value instanceof Tuple || value instanceof Dict || value instanceof Bytes;
}

function last(context: EvalContext, value: Value): Value {
  const [item] = reversed(value);
  return item === undefined ? context.undefined({ hint: "No last item, sequence was empty." }) : item;
}

function reverse(context: EvalContext, value: Value): Value {
  const text = textOf(value);
  if (text !== undefined) {
    const turned = characters(text).reverse().join("");
    return value instanceof Markup ? new Markup(turned) : turned;
  }
  try {
    return new PyIterator(reversed(value), iteratorName(value));
  } catch (error) {
    if (!(error instanceof PyError) || error.type !== "TypeError") throw error;
  }
  try {
    const items = toList(value);
    context.budget.allocate(items.length);
    return items.reverse();
  } catch (error) {
    if (!(error instanceof PyError) || error.type !== "TypeError") throw error;
    throw new PyError("FilterArgumentError", "argument must be iterable");
  }
}

function iteratorName(value: Value): string {
  if (Array.isArray(value)) return "list_reverseiterator";
  if (value instanceof Dict || value instanceof DictView) return "dict_reversekeyiterator";
  return value instanceof Range ? "range_iterator" : "reversed";
}

function join(context: EvalContext, value: Value, separator: Value, attribute: Value): Value {
  const items = attribute === null ? iterate(value) : mapped(iterate(value), attributeGetter(context, attribute));
  if (!context.autoescape) return joinTexts(str(separator), mapped(items, str), context);
  const texts = [...items];
  if (separator instanceof Markup || texts.some((item) => item instanceof Markup)) {
    const safe = [...mapped(texts, (item) => escapeValue(softText(item)).text)];
    return new Markup(joinTexts(escapeValue(separator).text, safe, context));
  }
  return joinTexts(str(separator), mapped(texts, str), context);
}

function* mapped(items: Iterable<Value>, get: Getter): Iterable<Value> {
  for (const item of items) yield get(item);
}

function sort(context: EvalContext, value: Value, reverseOrder: Value, caseSensitive: Value, attribute: Value): Value {
  const key = attributesGetter(context, attribute, truthy(caseSensitive) ? undefined : ignoreCase);
  return sortValues(iterate(value), context, integer(reverseOrder) !== 0, key);
}

const groupFields = ["grouper", "list"];

function groupBy(context: EvalContext, value: Value, attribute: Value, fallback: Value, caseSensitive: Value): Value {
  const isSensitive = truthy(caseSensitive);
  const key = attributeGetter(context, attribute, isSensitive ? undefined : ignoreCase, fallback);
  const shown = attributeGetter(context, attribute, undefined, fallback);
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sortValues(iterate(value), context, false, key)) {
    const own = key(item);
    const group = groups.at(-1);
    if (group && (group.key === own || equal(group.key, own))) group.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return groups.map((group) => {
    // The group is named as its first item spells it, not in lower case.
    const name = isSensitive ? group.key : shown(group.items[0] as Value);
    return new NamedTuple("_GroupTuple", groupFields, [name, group.items]);
  });
}

function* batch(context: EvalContext, value: Value, count: Value, fill: Value): Iterable<Value> {
  let row: Value[] = [];
  for (const item of iterate(value)) {
    context.budget.step();
    if (equal(row.length, count)) {
      yield row;
      row = [];
    }
    row.push(item);
  }
  if (row.length === 0) return;
  if (fill !== null) {
    if (compare("<", row.length, count)) {
      const missing = integer(binary("-", count, row.length, context.budget));
      context.budget.allocate(missing);
      for (let index = 0; index < missing; index += 1) row.push(fill);
    }
  }
  yield row;
}

function* slice(context: EvalContext, value: Value, slices: Value, fill: Value): Iterable<Value> {
  const items = toList(value);
  const size = integer(binary("//", items.length, slices, context.budget));
  const longer = integer(binary("%", items.length, slices, context.budget));
  const count = integer(slices);
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    context.budget.step();
    const start = offset + index * size;
    if (index < longer) offset += 1;
    const row = items.slice(start, offset + (index + 1) * size);
    if (fill !== null && index >= longer) row.push(fill);
    yield row;
  }
}

function dictSort(context: EvalContext, value: Value, caseSensitive: Value, by: Value, reverseOrder: Value): Value {
  const place = textOf(by) === "key" ? 0 : textOf(by) === "value" ? 1 : undefined;
  if (place === undefined) {
    throw new PyError("FilterArgumentError", 'You can only sort by either "key" or "value"');
  }
  const pairs = Array.from(dictOf(value, "items"), (pair) => new Tuple(pair));
  const after: Getter = truthy(caseSensitive) ? (item) => item : ignoreCase;
  const key: Getter = (pair) => after((pair as Tuple).items[place] as Value);
  return sortValues(pairs, context, integer(reverseOrder) !== 0, key);
}

function* items(value: Value): Iterable<Value> {
  if (value instanceof Undefined) return;
  if (!(value instanceof Dict)) throw new PyError("TypeError", "Can only get item pairs from a mapping.");
  for (const pair of value) yield new Tuple(pair);
}

function list(context: EvalContext, value: Value): Value[] {
  const result: Value[] = [];
  for (const item of iterate(value)) {
    context.budget.step();
    result.push(item);
  }
  context.budget.allocate(result.length);
  return result;
}

const count = builtin("len", length);

export const sequenceFilters: FilterTable = filterTable([
  [
    "batch",
    "counted",
    python("do_batch(value, linecount, fill_with=None)", (context, value, size, fill) =>
      generator("do_batch", batch(context, value, size, fill)),
    ),
  ],
  ["count", "counted", count],
  ["dictsort", "counted", python("do_dictsort(value, case_sensitive=False, by='key', reverse=False)", dictSort)],
  ["first", "constant", python("sync_do_first(@environment, seq)", first)],
  [
    "groupby",
    "counted",
    python("sync_do_groupby(@environment, value, attribute, default=None, case_sensitive=False)", groupBy),
  ],
  ["items", "counted", python("do_items(value)", (_, value) => generator("do_items", items(value)))],
  ["join", "counted", python("sync_do_join(@eval_ctx, value, d='', attribute=None)", join)],
  ["last", "constant", python("do_last(@environment, seq)", last)],
  ["length", "counted", count],
  ["list", "counted", python("sync_do_list(value)", list)],
  ["reverse", "counted", python("do_reverse(value)", reverse)],
  [
    "slice",
    "counted",
    python("sync_do_slice(value, slices, fill_with=None)", (context, value, slices, fill) =>
      generator("sync_do_slice", slice(context, value, slices, fill)),
    ),
  ],
  [
    "sort",
    "counted",
    python("do_sort(@environment, value, reverse=False, case_sensitive=False, attribute=None)", sort),
  ],
]);
