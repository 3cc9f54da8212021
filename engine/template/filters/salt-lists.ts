import { fnmatch } from "../../glob.js";
import { binary } from "../../value/arithmetic.js";
import { contains } from "../../value/compare.js";
import { equal } from "../../value/equal.js";
import { isIterable, iterate, length, toList, truthy } from "../../value/iterate.js";
import { toFloat } from "../../value/parse-number.js";
import { repr } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { Dict, hashKey, PyError, PyFloat, PyObject, PySet, Tuple, typeName, type Value } from "../../value/types.js";
import { integer } from "../methods/define.js";
import { compiled } from "../patterns.js";
import type { EvalContext } from "../runtime.js";
import { sortValues } from "../sorting.js";
import { type FilterEntry, type FilterTable, filterTable, python } from "./define.js";
import { sumValues } from "./numbers.js";

// Salt's filters on lists and sets (salt-reference §3.3). Two hashable operands (tuples, texts) make a set, others a
// list.

function distinct(context: EvalContext, values: Iterable<Value>): Value[] {
  const result: Value[] = [];
  for (const value of values) {
    context.budget.step(1 + result.length);
    if (!result.some((other) => other === value || equal(other, value))) result.push(value);
  }
  return result;
}

/** Python's `isinstance(value, Hashable)`: asks the type alone, so a tuple with a list in it is one. */
export function isHashable(value: Value): boolean {
  if (value instanceof Tuple) return true;
  try {
    hashKey(value);
    return true;
  } catch (error) {
    if (error instanceof PyError && error.type === "TypeError") return false;
    throw error;
  }
}

/** Salt's own `unique`, which stands in for Jinja's: a set of what is hashable, else a list in order, with case. */
function unique(context: EvalContext, values: Value): Value {
  if (!isHashable(values)) return distinct(context, iterate(values));
  const result = new PySet();
  for (const value of iterate(values)) {
    context.budget.step();
    result.add(value);
  }
  return result;
}

type SetOperation = (a: PySet, b: PySet) => Iterable<Value>;
type ListOperation = (context: EvalContext, a: Value, b: Value) => Iterable<Value>;

function setFilter(name: string, ofSets: SetOperation, ofLists: ListOperation): FilterEntry {
  const filter = python(`${name}(lst1, lst2)`, (context, a, b) => {
    if (isHashable(a) && isHashable(b)) return PySet.from(ofSets(PySet.from(iterate(a)), PySet.from(iterate(b))));
    return distinct(context, ofLists(context, a, b));
  });
  return [name, "counted", filter];
}

function inBoth(context: EvalContext, a: Value, b: Value): Value[] {
  return toList(a).filter((item) => {
    context.budget.step(length(b));
    return contains(b, item);
  });
}

function notInSecond(context: EvalContext, a: Value, b: Value): Value[] {
  return toList(a).filter((item) => {
    context.budget.step(length(b));
    return !contains(b, item);
  });
}

function joined(context: EvalContext, a: Value, b: Value): Iterable<Value> {
  return iterate(binary("+", a, b, context.budget));
}

function average(context: EvalContext, value: Value): Value {
  if (isHashable(value)) return new PyFloat(toFloat(value));
  const sum = sumValues(context, iterate(value), 0);
  return new PyFloat(toFloat(binary("/", sum, length(value), context.budget)));
}

function compareLists(context: EvalContext, old: Value, now: Value): Dict {
  const result = new Dict();
  const added = notInSecond(context, now, old);
  const removed = notInSecond(context, old, now);
  if (added.length) result.set("new", added);
  if (removed.length) result.set("old", removed);
  return result;
}

/**
 * Salt's `flatten`: what can be iterated in what can be iterated, texts aside, down to a level; None is left out unless it
 * is to stay. A list that comes twice counts as a cycle.
 */
function flatten(context: EvalContext, value: Value, levels: Value, keepNulls: Value): Value {
  const seen = new Set<Value>();
  const walk = (list: Value, left: number | undefined): Value[] => {
    if (seen.has(list)) throw new PyError("RecursionError", "Reference cycle detected. Check input list.");
    seen.add(list);
    const result: Value[] = [];
    for (const item of iterate(list)) {
      context.budget.step();
      if (!truthy(keepNulls) && (item === null || item === "None" || item === "null")) continue;
      if (!isIter(item)) result.push(item);
      else if (left === undefined) result.push(...walk(item, undefined));
      else if (atLeastOne(levels, left)) result.push(...walk(item, left - 1));
      else result.push(item);
    }
    return result;
  };
  return walk(value, levels === null ? undefined : Number(repr(levels)));
}

/** Levels that are no number are noticed when they are first compared. */
function atLeastOne(levels: Value, left: number): boolean {
  if (Number.isNaN(left)) {
    throw new PyError("TypeError", `'>=' not supported between instances of '${typeName(levels)}' and 'int'`);
  }
  return left >= 1;
}

function exactly(context: EvalContext, value: Value, amount: Value): boolean {
  const wanted = Math.max(0, integer(amount));
  let count = 0;
  for (const item of iterate(value)) {
    context.budget.step();
    if (truthy(item)) count += 1;
  }
  return count === wanted;
}

function isIter(value: Value, ignore: Value = true): boolean {
  if (ignore !== true && truthy(ignore)) {
    throw new PyError("TypeError", "isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  return !(ignore === true && textOf(value) !== undefined) && isIterable(value);
}

function sequence(value: Value): Value {
  const isOne = Array.isArray(value) || value instanceof Tuple || value instanceof PySet || value instanceof Dict;
  return isOne ? value : [value];
}

function sortedIgnoreCase(context: EvalContext, value: Value): Value[] {
  return sortValues(iterate(value), context, false, (item) => {
    const text = textOf(item);
    if (text !== undefined) return text.toLowerCase();
    if (item instanceof PyObject) item.use();
    throw new PyError("AttributeError", `'${typeName(item)}' object has no attribute 'lower'`);
  });
}

/** Salt's `expr_match`: a shell pattern, or else a regular expression for the whole. */
function matchesExpression(context: EvalContext, value: Value, expression: Value): boolean {
  const [line, pattern] = [textOf(value), textOf(expression)];
  // Salt logs what is no text and takes it for no match.
  if (line === undefined || pattern === undefined) return false;
  // On Windows fnmatch takes no notice of case, and reads slashes as backslashes.
  const normal = (text: string) => text.replaceAll("/", "\\");
  context.budget.step(pattern.length);
  const options = { ignoreCase: true, step: () => context.budget.step() };
  if (fnmatch(normal(line), normal(pattern), options)) return true;
  try {
    return compiled(`\\A${pattern}\\Z`).match(line, context.budget) !== undefined;
  } catch (error) {
    if (error instanceof PyError && error.type === "error") return false;
    throw error;
  }
}

function expressions(list: Value, name: string): Value[] {
  if (!truthy(list)) return [];
  if (textOf(list) !== undefined) return [list];
  if (!isIterable(list)) {
    throw new PyError("TypeError", `Expecting iterable ${name}, but got ${typeName(list)} (${repr(list)})`);
  }
  return toList(list);
}

function checkLists(context: EvalContext, value: Value, whitelist: Value, blacklist: Value): boolean {
  const black = expressions(blacklist, "blacklist");
  const white = expressions(whitelist, "whitelist");
  const isIn = (list: Value[]) => list.some((expression) => matchesExpression(context, value, expression));
  const isBlack = isIn(black);
  const isWhite = isIn(white);
  return !(black.length && isBlack) && (white.length === 0 || isWhite);
}

function substringInList(value: Value, list: Value): boolean {
  for (const text of iterate(list)) if (contains(text, value)) return true;
  return false;
}

export const saltListFilters: FilterTable = filterTable([
  setFilter("union", (a, b) => [...a, ...b], joined),
  setFilter("intersect", (a, b) => [...a].filter((item) => b.has(item)), inBoth),
  setFilter("difference", (a, b) => [...a].filter((item) => !b.has(item)), notInSecond),
  setFilter(
    "symmetric_difference",
    (a, b) => [...[...a].filter((item) => !b.has(item)), ...[...b].filter((item) => !a.has(item))],
    (context, a, b) => notInSecond(context, [...joined(context, a, b)], inBoth(context, a, b)),
  ),
  ["avg", "counted", python("lst_avg(lst)", average)],
  [
    "check_whitelist_blacklist",
    "counted",
    python("check_whitelist_blacklist(value, whitelist=None, blacklist=None)", checkLists),
  ],
  ["compare_lists", "counted", python("compare_lists(old=None, new=None)", compareLists)],
  ["exactly_n_true", "counted", python("exactly_n(iterable, amount=1)", exactly)],
  ["exactly_one_true", "counted", python("exactly_one(iterable)", (context, value) => exactly(context, value, 1))],
  ["flatten", "counted", python("flatten(data, levels=None, preserve_nulls=False, _ids=None)", flatten)],
  ["is_iter", "constant", python("is_iter(thing, ignore=True)", (_, value, ignore) => isIter(value, ignore))],
  ["is_list", "constant", python("is_list(value)", (_, value) => Array.isArray(value))],
  ["sequence", "constant", python("ensure_sequence_filter(data)", (_, value) => sequence(value))],
  ["sorted_ignorecase", "counted", python("sorted_ignorecase(to_sort)", sortedIgnoreCase)],
  ["unique", "counted", python("unique(values)", unique)],
  [
    "substring_in_list",
    "linear",
    python("substr_in_list(string_to_search_for, list_to_search)", (_, value, list) => substringInList(value, list)),
  ],
]);
