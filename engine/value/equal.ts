import { Bytes, Dict, hashKey, PyFloat, PyObject, PySet, Tuple, type Value } from "./types.js";

/** Python's `==`: deep, and across int, float and bool. */
export function equal(a: Value, b: Value): boolean {
  if (a instanceof PyObject) return comparand(a).equals(b);
  if (b instanceof PyObject) return comparand(b).equals(a);
  if (a === b) return true;
  if (isNumeric(a) && isNumeric(b)) return !isNaN_(a) && hashKey(a) === hashKey(b);
  if (Array.isArray(a)) return Array.isArray(b) && equalItems(a, b);
  if (a instanceof Tuple) return b instanceof Tuple && equalItems(a.items, b.items);
  if (a instanceof Dict) {
    if (!(b instanceof Dict) || a.size !== b.size) return false;
    for (const [key, value] of a) {
      const other = b.get(key);
      if (other === undefined || !equal(value, other)) return false;
    }
    return true;
  }
  if (a instanceof PySet) return b instanceof PySet && a.size === b.size && [...a].every((item) => b.has(item));
  if (a instanceof Bytes) return b instanceof Bytes && hashKey(a) === hashKey(b);
  return false;
}

function comparand(object: PyObject): PyObject {
  object.use();
  return object;
}

function equalItems(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => equal(item, b[index] as Value));
}

function isNumeric(value: Value): value is boolean | number | bigint | PyFloat {
  return (
    typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" || value instanceof PyFloat
  );
}

function isNaN_(value: Value): boolean {
  return value instanceof PyFloat && Number.isNaN(value.value);
}
