import { repr } from "./repr.js";
import { Bytes, Dict, type Json, PyFloat, type PyObject, PySet, Tuple, type Value } from "./types.js";

/** JSON → Python values: whole numbers become ints, others floats; objects become dicts in their own order. */
export function fromJson(json: Json): Value {
  if (typeof json === "number") return fromNumber(json);
  if (Array.isArray(json)) return json.map(fromJson);
  if (json !== null && typeof json === "object") {
    return Dict.from(Object.entries(json).map(([key, value]) => [key, fromJson(value)] as const));
  }
  return json;
}

function fromNumber(number: number): Value {
  if (Number.isSafeInteger(number) && !Object.is(number, -0)) return number;
  return Number.isInteger(number) && !Object.is(number, -0) ? BigInt(number) : new PyFloat(number);
}

/**
 * Python values → JSON, as `--json` prints them. Tuples and sets become arrays, bytes text; keys become text as
 * Python prints them; what JSON has no word for (nan, big integers) becomes its Python text.
 */
export function toJson(value: Value): Json {
  if (typeof value === "bigint") return String(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof PyFloat) return Number.isFinite(value.value) ? value.value : repr(value);
  if (value instanceof Tuple) return value.items.map(toJson);
  if (value instanceof PySet) return [...value].map(toJson);
  if (value instanceof Bytes) return new TextDecoder().decode(value.data);
  if (value instanceof Dict) {
    return Object.fromEntries(
      [...value].map(([key, item]) => [typeof key === "string" ? key : repr(key), toJson(item)]),
    );
  }
  return (value as PyObject).repr();
}

/** A value with its type spelt out: `{i: "17"}`, `{m: [[key, value], …]}`. See {@link toTyped}. */
export type Typed =
  | { m: [Typed, Typed][] }
  | { l: Typed[] }
  | { s: string }
  | { i: string }
  | { f: string }
  | { b: boolean }
  | { n: null }
  | { d: string };

/**
 * The tagged form in which values of different Python types never look alike: m mapping (pairs in order), l list,
 * s str, i int, f float, b bool, n None, d bytes and whatever else there is; numbers and d as Python prints them.
 */
export function toTyped(value: Value): Typed {
  switch (typeof value) {
    case "string":
      return { s: value };
    case "number":
    case "bigint":
      return { i: String(value) };
    case "boolean":
      return { b: value };
  }
  if (value === null) return { n: null };
  if (Array.isArray(value)) return { l: value.map(toTyped) };
  if (value instanceof PyFloat) return { f: repr(value) };
  if (value instanceof Dict) return { m: [...value].map(([k, v]) => [toTyped(k), toTyped(v)]) };
  return { d: repr(value) };
}
