import { charactersPerStep, charge } from "./meter.js";
import { characters, textLength, textOf } from "./text.js";
import { Bytes, Dict, PyError, PyFloat, PyObject, PySet, Tuple, typeName, type Value } from "./types.js";

/**
 * What a loop over the value sees: a str by code point, a dict's keys.
 * @throws PyError TypeError `'int' object is not iterable`
 */
export function iterate(value: Value): Iterable<Value> {
  charge(itemsOf(value) >> 3);
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return characters(value);
  if (value instanceof Tuple) return value.items;
  if (value instanceof Dict) return dictKeys(value);
  if (value instanceof PySet) return value;
  if (value instanceof Bytes) return value.data;
  if (value instanceof PyObject) {
    const items = value.iterate();
    if (items !== undefined) return items;
  }
  throw new PyError("TypeError", `'${typeName(value)}' object is not iterable`);
}

/** How many items a built-in container has; texts count their characters themselves. */
function itemsOf(value: Value): number {
  if (value === null || typeof value !== "object") return 0;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Tuple) return value.items.length;
  if (value instanceof Dict || value instanceof PySet) return value.size;
  return value instanceof Bytes ? value.data.length : 0;
}

/** A loop over a dict that changes its size meanwhile fails, as in Python; it would never end otherwise. */
function* dictKeys(dict: Dict): Iterable<Value> {
  const { size } = dict;
  for (const key of dict.keys()) {
    yield key;
    if (dict.size !== size) throw new PyError("RuntimeError", "dictionary changed size during iteration");
  }
}

export function isIterable(value: Value): boolean {
  if (typeof value === "string" || Array.isArray(value)) return true;
  if (value instanceof PyObject) {
    return value.iterate() !== undefined;
  }
  return value instanceof Tuple || value instanceof Dict || value instanceof PySet || value instanceof Bytes;
}

/** Python's `list(value)`: always a list of its own. */
export function toList(value: Value): Value[] {
  return Array.from(iterate(value));
}

/** Python's `len(value)`. @throws PyError TypeError `object of type 'int' has no len()` */
export function length(value: Value): number {
  const size = sizeOf(value);
  if (size === undefined) throw new PyError("TypeError", `object of type '${typeName(value)}' has no len()`);
  return size;
}

/** Python's `len`, or undefined for what has none. */
export function sizeOf(value: Value): number | undefined {
  if (typeof value === "string") return textLength(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Tuple) return value.items.length;
  if (value instanceof Dict || value instanceof PySet) return value.size;
  if (value instanceof Bytes) return value.data.length;
  if (value instanceof PyObject) {
    return value.length();
  }
  return undefined;
}

/** How many steps it takes to go through a value's own items or characters once. */
export function workOf(value: Value): number {
  const text = textOf(value);
  if (text !== undefined) return Math.floor(text.length / charactersPerStep);
  if (value instanceof Bytes) return Math.floor(value.data.length / charactersPerStep);
  if (typeof value === "bigint") return bigintWork;
  return itemsOf(value) >> 1;
}

/** The digits of an int are limited, and so is what calculating with them takes. */
const bigintWork = 64;

/** Python's truth value: false for None, zero and everything empty. */
export function truthy(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (value === null || value === "" || value === 0) return false;
  if (typeof value !== "object") return true;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict || value instanceof PySet) return value.size > 0;
  if (value instanceof Bytes) return value.data.length > 0;
  return value.truthy();
}
