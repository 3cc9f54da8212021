import { lessThan } from "../value/compare.js";
import type { Value } from "../value/types.js";
import type { EvalContext } from "./runtime.js";

/**
 * Python's `sorted`: stable, and asking `later < earlier` in the order that Python does, so that items which cannot be
 * compared raise the same error.
 */
export function sortValues(
  values: Iterable<Value>,
  context: EvalContext,
  reverse: boolean,
  key?: (value: Value) => Value,
): Value[] {
  const entries = Array.from(values, (value) => {
    context.budget.step();
    return { value, key: key ? key(value) : value };
  });
  context.budget.allocate(entries.length);
  // Python keeps equal items in order also when reversing: it reverses, sorts, and reverses again.
  if (reverse) entries.reverse();
  const less = (a: Entry, b: Entry) => {
    context.budget.step();
    return lessThan(a.key, b.key);
  };
  if (entries.length <= shortList) insertionSort(entries, less);
  else entries.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  if (reverse) entries.reverse();
  return entries.map(({ value }) => value);
}

interface Entry {
  readonly value: Value;
  readonly key: Value;
}

type Less = (a: Entry, b: Entry) => boolean;

/** Up to here CPython sorts by binary insertion; longer lists it merges. */
const shortList = 64;

/** Binary insertion after the first run, asking what CPython asks, in its order. */
function insertionSort(entries: Entry[], less: Less): void {
  for (let index = firstRun(entries, less); index < entries.length; index += 1) {
    const entry = entries[index] as Entry;
    let low = 0;
    let high = index;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (less(entry, entries[middle] as Entry)) high = middle;
      else low = middle + 1;
    }
    entries.copyWithin(low + 1, low, index);
    entries[low] = entry;
  }
}

/** The ascending run at the start; a strictly descending one is turned round. */
function firstRun(entries: Entry[], less: Less): number {
  if (entries.length < 2) return entries.length;
  let end = 2;
  const descending = less(entries[1] as Entry, entries[0] as Entry);
  while (end < entries.length && less(entries[end] as Entry, entries[end - 1] as Entry) === descending) end += 1;
  if (descending) {
    const run = entries.slice(0, end).reverse();
    entries.splice(0, end, ...run);
  }
  return end;
}
