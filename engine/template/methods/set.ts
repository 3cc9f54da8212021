import { iterate } from "../../value/iterate.js";
import { repr } from "../../value/repr.js";
import { PyError, PySet, type Value } from "../../value/types.js";
import type { Args, EvalContext } from "../runtime.js";
import { type Method, type MethodEntry, type MethodTable, methodTable, none, one } from "./define.js";

function setOf(items: Value, context: EvalContext): PySet {
  if (items instanceof PySet) return items;
  const set = new PySet();
  for (const item of iterate(items)) {
    context.budget.step();
    context.budget.allocate(1);
    set.add(item);
  }
  return set;
}

type Combine = (left: PySet, right: PySet) => Iterable<Value>;

const union: Combine = (left, right) => [...left, ...right];
const intersection: Combine = (left, right) => [...left].filter((item) => right.has(item));
const difference: Combine = (left, right) => [...left].filter((item) => !right.has(item));
const symmetric: Combine = (left, right) => [...difference(left, right), ...difference(right, left)];

/** One step for each argument, a new set at the end. */
function combined(self: PySet, args: Args, combine: Combine, context: EvalContext): PySet {
  let result = PySet.from(self);
  context.budget.allocate(self.size);
  for (const argument of args) result = PySet.from(combine(result, setOf(argument, context)));
  return result;
}

function refill(self: PySet, items: PySet): null {
  for (const item of [...self]) self.delete(item);
  for (const item of items) self.add(item);
  return null;
}

function noKeywords(name: string, body: (self: PySet, args: Args, context: EvalContext) => Value): Method<PySet> {
  return (self, args, context, kwargs) => {
    if (kwargs.size) throw new PyError("TypeError", `set.${name}() takes no keyword arguments`);
    return body(self, args, context);
  };
}

function combining(name: string, update: string, combine: Combine): MethodEntry<PySet>[] {
  return [
    [name, "counted", noKeywords(name, (self, args, context) => combined(self, args, combine, context))],
    [
      update,
      "counted",
      noKeywords(update, (self, args, context) => refill(self, combined(self, args, combine, context))),
    ],
  ];
}

function testing(name: string, test: (self: PySet, other: PySet) => boolean): MethodEntry<PySet> {
  return [name, "counted", one(`set.${name}`, (self, argument, context) => test(self, setOf(argument, context)))];
}

const inside = (part: PySet, whole: PySet) => [...part].every((item) => whole.has(item));

export const setMethods: MethodTable<PySet> = methodTable([
  ...combining("union", "update", union),
  ...combining("intersection", "intersection_update", intersection),
  ...combining("difference", "difference_update", difference),
  [
    "symmetric_difference",
    "counted",
    one("set.symmetric_difference", (self, other, context) => combined(self, [other], symmetric, context)),
  ],
  [
    "symmetric_difference_update",
    "linear",
    one("set.symmetric_difference_update", (self, other, context) =>
      refill(self, combined(self, [other], symmetric, context)),
    ),
  ],
  testing("issubset", (self, other) => inside(self, other)),
  testing("issuperset", (self, other) => inside(other, self)),
  testing("isdisjoint", (self, other) => ![...self].some((item) => other.has(item))),
  [
    "add",
    "counted",
    one("set.add", (self, item, context) => {
      context.budget.allocate(1);
      self.add(item);
      return null;
    }),
  ],
  [
    "remove",
    "counted",
    one("set.remove", (self, item) => {
      if (!self.delete(item)) throw new PyError("KeyError", repr(item));
      return null;
    }),
  ],
  [
    "discard",
    "counted",
    one("set.discard", (self, item) => {
      self.delete(item);
      return null;
    }),
  ],
  [
    "pop",
    "constant",
    none("set.pop", (self) => {
      for (const item of self) {
        self.delete(item);
        return item;
      }
      throw new PyError("KeyError", repr("pop from an empty set"));
    }),
  ],
  ["copy", "linear", none("set.copy", (self, context) => combined(self, [], union, context))],
  ["clear", "constant", none("set.clear", (self) => refill(self, new PySet()))],
]);
