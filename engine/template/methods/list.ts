import { equal } from "../../value/equal.js";
import { iterate } from "../../value/iterate.js";
import { itemWeight } from "../../value/meter.js";
import { repr } from "../../value/repr.js";
import { PyError, type Tuple, type Value } from "../../value/types.js";
import type { Args, EvalContext } from "../runtime.js";
import { sortValues } from "../sorting.js";
import { integer, type Method, type MethodTable, methodTable, named, none, one, several, window } from "./define.js";

function same(item: Value, wanted: Value): boolean {
  return item === wanted || equal(item, wanted);
}

/** The first place of an item between start and end, or -1. */
function place(items: readonly Value[], args: Args, context: EvalContext): number {
  context.budget.step(items.length);
  const { start, end } = window(args, items.length, false);
  const wanted = args[0] as Value;
  for (let index = start; index < Math.min(end, items.length); index += 1) {
    if (same(items[index] as Value, wanted)) return index;
  }
  return -1;
}

function occurrences(items: readonly Value[], wanted: Value, context: EvalContext): number {
  context.budget.step(items.length);
  return items.filter((item) => same(item, wanted)).length;
}

function extend(self: Value[], argument: Value, context: EvalContext): null {
  // A list may be extended by itself.
  for (const item of Array.isArray(argument) ? [...argument] : iterate(argument)) {
    context.budget.step();
    context.budget.allocate(itemWeight);
    self.push(item);
  }
  return null;
}

function pop(self: Value[], [position = -1]: Args, context: EvalContext): Value {
  const index = integer(position);
  if (self.length === 0) throw new PyError("IndexError", "pop from empty list");
  const at = index < 0 ? index + self.length : index;
  if (at < 0 || at >= self.length) throw new PyError("IndexError", "pop index out of range");
  context.budget.step((self.length - at) >> 4);
  return self.splice(at, 1)[0] as Value;
}

function insert(self: Value[], [position = null, item = null]: Args, context: EvalContext): null {
  const index = integer(position);
  context.budget.step(self.length >> 4);
  context.budget.allocate(itemWeight);
  self.splice(index < 0 ? Math.max(0, index + self.length) : index, 0, item);
  return null;
}

const sort: Method<Value[]> = (self, args, context, kwargs) => {
  const check = named<Value[]>("list.sort", ["key", "reverse"], () => null);
  check(self, args, context, kwargs);
  if (args.length) throw new PyError("TypeError", "sort() takes no positional arguments");
  const key = kwargs.get("key") ?? null;
  const reverse = integer(kwargs.get("reverse") ?? false) !== 0;
  const sorted = sortValues(self, context, reverse, key === null ? undefined : (item) => context.call(key, [item]));
  self.splice(0, self.length, ...sorted);
  return null;
};

export const listMethods: MethodTable<Value[]> = methodTable([
  [
    "append",
    "constant",
    one("list.append", (self, item, context) => {
      context.budget.allocate(itemWeight);
      self.push(item);
      return null;
    }),
  ],
  ["extend", "counted", one("list.extend", extend)],
  ["insert", "counted", several("list.insert", 2, 2, insert)],
  ["pop", "constant", several("list.pop", 0, 1, pop)],
  [
    "remove",
    "counted",
    one("list.remove", (self, item, context) => {
      const at = place(self, [item], context);
      if (at < 0) throw new PyError("ValueError", "list.remove(x): x not in list");
      self.splice(at, 1);
      return null;
    }),
  ],
  [
    "index",
    "counted",
    several("list.index", 1, 3, (self, args, context) => {
      const at = place(self, args, context);
      if (at < 0) throw new PyError("ValueError", `${repr(args[0] as Value)} is not in list`);
      return at;
    }),
  ],
  ["count", "counted", one("list.count", occurrences)],
  ["sort", "counted", sort],
  [
    "reverse",
    "counted",
    none("list.reverse", (self, context) => {
      context.budget.step(self.length >> 4);
      self.reverse();
      return null;
    }),
  ],
  [
    "copy",
    "linear",
    none("list.copy", (self, context) => {
      context.budget.allocate(self.length * itemWeight);
      return [...self];
    }),
  ],
  [
    "clear",
    "constant",
    none("list.clear", (self) => {
      self.length = 0;
      return null;
    }),
  ],
]);

export const tupleMethods: MethodTable<Tuple> = methodTable([
  [
    "index",
    "counted",
    several("tuple.index", 1, 3, ({ items }, args, context) => {
      const at = place(items, args, context);
      if (at < 0) throw new PyError("ValueError", "tuple.index(x): x not in tuple");
      return at;
    }),
  ],
  ["count", "counted", one("tuple.count", ({ items }, item, context) => occurrences(items, item, context))],
]);
