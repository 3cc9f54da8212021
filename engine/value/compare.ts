import { compareBytes, includesBytes } from "./bytes.js";
import { equal } from "./equal.js";
import { iterate, workOf } from "./iterate.js";
import { charge, type Meter, unmetered } from "./meter.js";
import { type Integer, isNumber, plainInt } from "./numbers.js";
import { textOf } from "./text.js";
import { Bytes, Dict, PyError, PyFloat, PyObject, PySet, Tuple, typeName, type Value } from "./types.js";

export type OrderOperator = "<" | "<=" | ">" | ">=";

/**
 * Python's ordering.
 * @throws PyError TypeError `'<' not supported between instances of 'int' and 'str'`
 */
export function compare(operator: OrderOperator, a: Value, b: Value): boolean {
  if (a instanceof PyObject) a.use();
  if (b instanceof PyObject) b.use();
  if (isNumber(a) && isNumber(b)) return holds(operator, orderNumbers(a, b));
  const [left, right] = [textOf(a), textOf(b)];
  if (left !== undefined && right !== undefined) return holds(operator, orderTexts(left, right));
  if (a instanceof PySet && b instanceof PySet) return subset(operator, a, b);
  if (a instanceof Bytes && b instanceof Bytes) return holds(operator, orderBytes(a.data, b.data));
  if (Array.isArray(a) && Array.isArray(b)) return orderItems(operator, a, b);
  if (a instanceof Tuple && b instanceof Tuple) return orderItems(operator, a.items, b.items);
  throw new PyError(
    "TypeError",
    `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** Python's `a < b`, as `sorted` asks it. */
export function lessThan(a: Value, b: Value): boolean {
  return compare("<", a, b);
}

/** Python's `item in container`. @throws PyError TypeError `argument of type 'int' is not iterable` */
export function contains(container: Value, item: Value, meter: Meter = unmetered): boolean {
  if (container instanceof Dict || container instanceof PySet) return container.has(item);
  meter.step(workOf(container));
  const text = textOf(container);
  if (text !== undefined) return containsText(text, item);
  if (Array.isArray(container)) return container.some((other) => other === item || equal(other, item));
  if (container instanceof Tuple) return container.items.some((other) => other === item || equal(other, item));
  if (container instanceof Bytes) return containsBytes(container.data, item);
  if (container instanceof PyObject) {
    const answer = container.contains(item);
    if (answer !== undefined) return answer;
    if (container.iterate() !== undefined) {
      for (const other of iterate(container)) if (other === item || equal(other, item)) return true;
      return false;
    }
  }
  throw new PyError("TypeError", `argument of type '${typeName(container)}' is not iterable`);
}

function containsText(text: string, item: Value): boolean {
  const part = textOf(item);
  if (part !== undefined) return text.includes(part);
  throw new PyError("TypeError", `'in <string>' requires string as left operand, not ${typeName(item)}`);
}

function containsBytes(data: Uint8Array, item: Value): boolean {
  if (item instanceof Bytes) return includesBytes(data, item.data);
  if (typeof item !== "number" && typeof item !== "boolean") {
    throw new PyError("TypeError", `a bytes-like object is required, not '${typeName(item)}'`);
  }
  if (Number(item) < 0 || Number(item) > 255) throw new PyError("ValueError", "byte must be in range(0, 256)");
  return data.includes(Number(item));
}

/** Less than, equal to, greater than 0; NaN when nothing holds (a nan). */
type Order = number;

function holds(operator: OrderOperator, order: Order): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function orderNumbers(a: Integer | PyFloat, b: Integer | PyFloat): Order {
  const left = a instanceof PyFloat ? a.value : plainInt(a);
  const right = b instanceof PyFloat ? b.value : plainInt(b);
  // JavaScript compares number and bigint exactly.
  if (left < right) return -1;
  if (left > right) return 1;
  return left >= right ? 0 : Number.NaN;
}

/** By code points; UTF-16 order differs where surrogates meet the end of the basic plane. */
function orderTexts(a: string, b: string): Order {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  charge(length >> 3);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x === y) continue;
    return surrogateRank(x) - surrogateRank(y);
  }
  return a.length - b.length;
}

function surrogateRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function orderBytes(a: Uint8Array, b: Uint8Array): Order {
  charge(Math.min(a.length, b.length) >> 4);
  return compareBytes(a, b);
}

function orderItems(operator: OrderOperator, a: readonly Value[], b: readonly Value[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a[index] as Value, b[index] as Value];
    charge(1);
    if (x !== y && !equal(x, y)) return compare(operator, x, y);
  }
  return holds(operator, a.length - b.length);
}

function subset(operator: OrderOperator, a: PySet, b: PySet): boolean {
  charge(a.size + b.size);
  const inside = (x: PySet, y: PySet) => [...x].every((item) => y.has(item));
  switch (operator) {
    case "<":
      return a.size < b.size && inside(a, b);
    case "<=":
      return inside(a, b);
    case ">":
      return b.size < a.size && inside(b, a);
    case ">=":
      return inside(b, a);
  }
}
