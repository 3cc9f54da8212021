import { isIterable, iterate, toList, truthy } from "../../value/iterate.js";
import { PyIterator } from "../../value/iterator.js";
import type { Meter } from "../../value/meter.js";
import { PyError, PyObject, Tuple, typeName, type Value } from "../../value/types.js";
import { integer } from "../methods/define.js";
import type { Args, EvalContext, Kwargs } from "../runtime.js";
import { type Filter, type FilterEntry, type FilterTable, filterTable } from "./define.js";

// Python's itertools, as Salt offers them as filters: `list|combinations(2)` (salt-reference §3.3).

type Arranging = (items: readonly Value[], size: number, meter: Meter) => Iterable<number[]>;

/** Ways to choose: ascending places, each once or again and again. */
function choosing(withReplacement: boolean): Arranging {
  return function* (items, size) {
    if (!withReplacement && size > items.length) return;
    if (size > 0 && items.length === 0) return;
    const places = Array.from({ length: size }, (_, index) => (withReplacement ? 0 : index));
    for (;;) {
      yield places;
      let at = size - 1;
      const last = (index: number) => (withReplacement ? items.length - 1 : items.length - size + index);
      while (at >= 0 && places[at] === last(at)) at -= 1;
      if (at < 0) return;
      const next = (places[at] as number) + 1;
      for (let index = at; index < size; index += 1) places[index] = withReplacement ? next : next + index - at;
    }
  };
}

/** Ordered choices, in the order of their places. */
function* permuting(items: readonly Value[], size: number, meter: Meter): Iterable<number[]> {
  if (size > items.length) return;
  const places: number[] = [];
  const used = new Set<number>();
  let next = 0;
  for (;;) {
    while (next < items.length && used.has(next)) {
      meter.step();
      next += 1;
    }
    if (places.length === size) {
      yield places;
      next = items.length;
    }
    if (next < items.length) {
      places.push(next);
      used.add(next);
      next = 0;
      continue;
    }
    const last = places.pop();
    if (last === undefined) return;
    used.delete(last);
    next = last + 1;
  }
}

function arrangement(name: string, arrange: Arranging, defaultsToAll: boolean): FilterEntry {
  const filter: Filter = (context, value, args, kwargs) => {
    const size = sizeArgument(name, args, kwargs, defaultsToAll);
    const items = toList(value);
    const count = size ?? items.length;
    if (count < 0) throw new PyError("ValueError", "r must be non-negative");
    // With replacement a tuple may be longer than there are items.
    context.budget.allocate(name === "combinations_with_replacement" ? count : Math.min(count, items.length));
    return new PyIterator(tuples(context, items, arrange(items, count, context.budget)), `itertools.${name}`);
  };
  return [name, "counted", filter];
}

function* tuples(context: EvalContext, items: readonly Value[], places: Iterable<number[]>): Iterable<Value> {
  for (const chosen of places) {
    context.budget.step(1 + chosen.length);
    context.budget.allocate(chosen.length);
    yield new Tuple(chosen.map((place) => items[place] as Value));
  }
}

function sizeArgument(name: string, args: Args, kwargs: Kwargs, defaultsToAll: boolean): number | undefined {
  const given = args.length + kwargs.size + 1;
  if (given > 2) throw new PyError("TypeError", `${name}() takes at most 2 arguments (${given} given)`);
  const [keyword] = kwargs.keys();
  if (keyword !== undefined && keyword !== "r") {
    throw new PyError("TypeError", `'${keyword}' is an invalid keyword argument for ${name}()`);
  }
  const size = args[0] ?? kwargs.get("r");
  if (size === undefined || (size === null && defaultsToAll)) {
    if (defaultsToAll) return undefined;
    throw new PyError("TypeError", `${name}() missing required argument 'r' (pos 2)`);
  }
  return integer(size);
}

function* compressed(context: EvalContext, value: Value, selectors: Value): Iterable<Value> {
  const chosen = iterate(selectors)[Symbol.iterator]();
  for (const item of iterate(value)) {
    context.budget.step();
    const selector = chosen.next();
    if (selector.done) return;
    if (truthy(selector.value)) yield item;
  }
}

/** Every combination of one item from each. */
function* products(context: EvalContext, pools: readonly Value[][]): Iterable<Value> {
  if (pools.some((pool) => pool.length === 0)) return;
  const places = pools.map(() => 0);
  for (;;) {
    context.budget.step(1 + pools.length);
    yield new Tuple(places.map((place, index) => (pools[index] as Value[])[place] as Value));
    let at = pools.length - 1;
    while (at >= 0 && places[at] === (pools[at] as Value[]).length - 1) {
      places[at] = 0;
      at -= 1;
    }
    if (at < 0) return;
    places[at] = (places[at] as number) + 1;
  }
}

const product: Filter = (context, value, args, kwargs) => {
  for (const keyword of kwargs.keys()) {
    if (keyword !== "repeat") {
      throw new PyError("TypeError", `'${keyword}' is an invalid keyword argument for product()`);
    }
  }
  const repeat = integer(kwargs.get("repeat") ?? 1);
  if (repeat < 0) throw new PyError("ValueError", "repeat argument cannot be negative");
  const pools = [value, ...args].map(toList);
  context.budget.allocate(pools.length * repeat);
  const repeated = Array.from({ length: repeat }, () => pools).flat();
  return new PyIterator(products(context, repeated), "itertools.product");
};

/** Items side by side: up to the shortest, or with a filler up to the longest. */
function* zipped(context: EvalContext, sources: readonly Value[], filler: Value | undefined): Iterable<Value> {
  const iterators = sources.map((source) => iterate(source)[Symbol.iterator]());
  for (;;) {
    context.budget.step(iterators.length);
    const row: Value[] = [];
    let isLive = false;
    for (const iterator of iterators) {
      const { done, value } = iterator.next();
      if (done && filler === undefined) return;
      isLive ||= !done;
      row.push(done ? (filler as Value) : value);
    }
    if (!isLive) return;
    yield new Tuple(row);
  }
}

const zip: Filter = (context, value, args, kwargs) => {
  const strict = kwargs.get("strict");
  if (strict !== undefined && truthy(strict))
    throw new PyError("TypeError", "zip() argument 'strict' is not supported");
  return new PyIterator(zipped(context, [value, ...args], undefined), "zip");
};

const zipLongest: Filter = (context, value, args, kwargs) => {
  for (const keyword of kwargs.keys()) {
    if (keyword !== "fillvalue") {
      throw new PyError("TypeError", "zip_longest() got an unexpected keyword argument");
    }
  }
  return new PyIterator(zipped(context, [value, ...args], kwargs.get("fillvalue") ?? null), "itertools.zip_longest");
};

export const saltItertoolsFilters: FilterTable = filterTable([
  arrangement("combinations", choosing(false), false),
  arrangement("combinations_with_replacement", choosing(true), false),
  arrangement("permutations", permuting, true),
  [
    "compress",
    "counted",
    (context, value, args, kwargs) => {
      const selectors = args[0] ?? kwargs.get("selectors");
      if (selectors === undefined) {
        throw new PyError("TypeError", "compress() missing required argument 'selectors' (pos 2)");
      }
      for (const iterated of [value, selectors]) {
        if (isIterable(iterated)) continue;
        if (iterated instanceof PyObject) iterated.use();
        throw new PyError("TypeError", `'${typeName(iterated)}' object is not iterable`);
      }
      return new PyIterator(compressed(context, value, selectors), "itertools.compress");
    },
  ],
  ["product", "counted", product],
  ["zip", "counted", zip],
  ["zip_longest", "counted", zipLongest],
]);
