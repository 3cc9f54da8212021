import { iterate, toList, truthy } from "../../value/iterate.js";
import { repr } from "../../value/repr.js";
import { Dict, OrderedDict, PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import { DictView } from "../../value/views.js";
import { type Args, type EvalContext, type Kwargs, Namespace } from "../runtime.js";
import { checkCount, type MethodEntry, type MethodTable, methodTable, none, several } from "./define.js";

/**
 * Puts what `dict(…)` and `dict.update(…)` take into a dict: a mapping or pairs, then keywords.
 * @throws PyError TypeError `cannot convert dictionary update sequence element #0 to a sequence`, ValueError
 */
export function updateDict(dict: Dict, args: Args, kwargs: Kwargs, name: string, context: EvalContext): void {
  checkCount(name, args.length, 0, 1);
  const [source] = args;
  if (source instanceof PyObject) source.use();
  if (source instanceof Dict) {
    for (const [key, value] of [...source]) put(dict, key, value, context);
  } else if (source !== undefined) {
    let index = 0;
    for (const item of iterate(source)) {
      const [key, value] = pair(item, index);
      put(dict, key as Value, value as Value, context);
      index += 1;
    }
  }
  for (const [key, value] of kwargs) put(dict, key, value, context);
}

function put(dict: Dict, key: Value, value: Value, context: EvalContext): void {
  context.budget.step();
  context.budget.allocate(1);
  dict.set(key, value);
}

function pair(item: Value, index: number): readonly Value[] {
  let items: Value[];
  try {
    items = toList(item);
  } catch (error) {
    if (!(error instanceof PyError) || error.type !== "TypeError") throw error;
    throw new PyError("TypeError", `cannot convert dictionary update sequence element #${index} to a sequence`);
  }
  if (items.length === 2) return items;
  throw new PyError(
    "ValueError",
    `dictionary update sequence element #${index} has length ${items.length}; 2 is required`,
  );
}

function viewing(kind: "keys" | "values" | "items"): MethodEntry<Dict> {
  return [kind, "constant", none(`dict.${kind}`, (self) => new DictView(self, kind))];
}

/** `dict.fromkeys(keys, value)` */
export function fromKeys(args: Args, context: EvalContext): Dict {
  const [keys = null, value = null] = args;
  const dict = new Dict();
  for (const key of iterate(keys)) put(dict, key, value, context);
  return dict;
}

function popItem(self: Dict): Tuple {
  const last = [...self].at(-1);
  if (!last) throw new PyError("KeyError", repr("popitem(): dictionary is empty"));
  self.delete(last[0]);
  return new Tuple(last);
}

/** Ordered dicts give the last pair, or the first. */
function popFrom(self: Dict, [last = true]: Args): Tuple {
  const pairs = [...self];
  const pair = truthy(last) ? pairs.at(-1) : pairs[0];
  if (!pair) throw new PyError("KeyError", repr("dictionary is empty"));
  self.delete(pair[0]);
  return new Tuple(pair);
}

function moveToEnd(self: Dict, [key = null, last = true]: Args): null {
  const value = self.get(key);
  if (value === undefined) throw new PyError("KeyError", repr(key));
  const others = [...self].filter(([other]) => other !== key);
  self.delete(key);
  if (last === true) self.set(key, value);
  else {
    self.clear();
    self.set(key, value);
    for (const [other, item] of others) self.set(other, item);
  }
  return null;
}

export const dictMethods: MethodTable<Dict> = methodTable([
  viewing("keys"),
  viewing("values"),
  viewing("items"),
  [
    "get",
    "constant",
    several("dict.get", 1, 2, (self, [key = null, fallback = null]) => found(self.get(key), fallback)),
  ],
  [
    "pop",
    "constant",
    several("dict.pop", 1, 2, (self, [key = null, fallback]) => {
      const value = self.get(key);
      if (value === undefined) {
        if (fallback === undefined) throw new PyError("KeyError", repr(key));
        return fallback;
      }
      self.delete(key);
      return value;
    }),
  ],
  [
    "setdefault",
    "constant",
    several("dict.setdefault", 1, 2, (self, [key = null, fallback = null], context) => {
      const value = self.get(key);
      if (value !== undefined) return value;
      put(self, key, fallback, context);
      return fallback;
    }),
  ],
  [
    "update",
    "counted",
    (self, args, context, kwargs) => {
      updateDict(self, args, kwargs, "update", context);
      return null;
    },
  ],
  ["popitem", "constant", none("dict.popitem", popItem)],
  [
    "copy",
    "linear",
    none("dict.copy", (self, context) => {
      context.budget.allocate(self.size);
      return copyDict(self);
    }),
  ],
  [
    "clear",
    "constant",
    none("dict.clear", (self) => {
      self.clear();
      return null;
    }),
  ],
  ["fromkeys", "linear", several("dict.fromkeys", 1, 2, (_, args, context) => fromKeys(args, context))],
]);

export const orderedDictMethods: MethodTable<Dict> = methodTable([
  ["popitem", "constant", several("OrderedDict.popitem", 0, 1, popFrom)],
  ["move_to_end", "linear", several("OrderedDict.move_to_end", 1, 2, moveToEnd)],
]);

/** None is a value like others; only a missing key gives the fallback. */
function found(value: Value | undefined, fallback: Value): Value {
  return value === undefined ? fallback : value;
}

/** A dict of the same kind with the same entries. */
function copyDict(dict: Dict): Dict {
  const copy = dict instanceof OrderedDict ? new OrderedDict() : new Dict();
  for (const [key, value] of dict) copy.set(key, value);
  return copy;
}

/** @throws PyError AttributeError `'str' object has no attribute 'items'` */
export function dictOf(value: Value, attribute: string): Dict {
  if (value instanceof Dict) return value;
  throw noAttribute(value, attribute);
}

/** Python's complaint about an attribute that is not there; a namespace only names it. */
export function noAttribute(value: Value, attribute: string): PyError {
  if (value instanceof PyObject) value.use();
  const message =
    value instanceof Namespace ? attribute : `'${typeName(value)}' object has no attribute '${attribute}'`;
  return new PyError("AttributeError", message);
}
