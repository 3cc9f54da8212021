import { charge, chargeText } from "./meter.js";
import {
  BudgetError,
  Bytes,
  Dict,
  hashKey,
  OrderedDict,
  PyError,
  PyFloat,
  PyObject,
  PySet,
  Tuple,
  type Value,
} from "./types.js";

/**
 * Python's `==`: deep, and across int, float and bool.
 * @throws PyError RecursionError when nested too deeply, BudgetError when shared parts make millions of comparisons
 */
export function equal(a: Value, b: Value): boolean {
  if (a instanceof PyObject || b instanceof PyObject) return equalObjects(a, b);
  if (a === null || typeof a !== "object" || b === null || typeof b !== "object") return equalScalars(a, b);
  return new Comparison().equal(a, b);
}

function equalObjects(a: Value, b: Value): boolean {
  if (a instanceof PyObject) a.use();
  if (b instanceof PyObject) b.use();
  return a instanceof PyObject ? a.equals(b) : (b as PyObject).equals(a);
}

function equalScalars(a: Value, b: Value): boolean {
  if (typeof a === "string" && typeof b === "string" && a.length === b.length) chargeText(a.length);
  if (a === b) return true;
  return isNumeric(a) && isNumeric(b) && !isNotANumber(a) && hashKey(a) === hashKey(b);
}

const deepest = 300;
const mostItems = 1_000_000;

class Comparison {
  #depth = 0;
  #items = 0;

  equal(a: Value, b: Value): boolean {
    if (a instanceof PyObject || b instanceof PyObject) return equal(a, b);
    if (a === null || typeof a !== "object" || b === null || typeof b !== "object") return equalScalars(a, b);
    if (a instanceof PyFloat) return b instanceof PyFloat && a.value === b.value;
    if (a instanceof Bytes) return b instanceof Bytes && hashKey(a) === hashKey(b);
    if (a instanceof PySet) return b instanceof PySet && a.size === b.size && [...a].every((item) => b.has(item));
    this.#depth += 1;
    if (this.#depth > deepest) {
      throw new PyError("RecursionError", "maximum recursion depth exceeded in comparison");
    }
    const result = this.#containers(a, b);
    this.#depth -= 1;
    return result;
  }

  #containers(a: Value[] | Tuple | Dict, b: Value): boolean {
    if (Array.isArray(a)) return Array.isArray(b) && this.#same(a, b);
    if (a instanceof Tuple) return b instanceof Tuple && this.#same(a.items, b.items);
    if (!(b instanceof Dict) || a.size !== b.size) return false;
    if (a instanceof OrderedDict && b instanceof OrderedDict && !this.#same([...a.keys()], [...b.keys()])) return false;
    for (const [key, value] of a) {
      const other = b.get(key);
      if (other === undefined || !this.#item(value, other)) return false;
    }
    return true;
  }

  #same(a: readonly Value[], b: readonly Value[]): boolean {
    return a.length === b.length && a.every((item, index) => this.#item(item, b[index] as Value));
  }

  /** Containers take an item for equal to itself without asking it. */
  #item(a: Value, b: Value): boolean {
    this.#items += 1;
    charge(1);
    if (this.#items > mostItems) throw new BudgetError(`Comparing takes more than ${mostItems} steps.`);
    return a === b || this.equal(a, b);
  }
}

function isNumeric(value: Value): value is boolean | number | bigint | PyFloat {
  return (
    typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" || value instanceof PyFloat
  );
}

function isNotANumber(value: Value): boolean {
  return value instanceof PyFloat && Number.isNaN(value.value);
}
