import { concatBytes } from "./bytes.js";
import { Markup } from "./markup.js";
import { itemWeight, type Meter } from "./meter.js";
import { bitLength, type Integer, isInteger, isNumber, plainInt, toBigInt, toDouble } from "./numbers.js";
import { formatPercent } from "./percent-format.js";
import { textOf } from "./text.js";
import { Bytes, int, PyError, PyFloat, PyObject, PySet, Tuple, typeName, type Value } from "./types.js";

// Python's arithmetic operators. Errors carry the class and the words of CPython 3.11.

type Number_ = Integer | PyFloat;
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";

/** `a <operator> b`. @throws PyError as Python raises it */
export function binary(operator: BinaryOperator, a: Value, b: Value, meter: Meter): Value {
  use(a);
  if (operator === "%" && typeof a === "string") return formatPercent(a, b, meter);
  use(b);
  if (isNumber(a) && isNumber(b)) return numeric(operator, a, b, meter);
  const result = a instanceof Markup || b instanceof Markup ? undefined : others(operator, a, b, meter);
  return result ?? sequences(operator, a, b, meter);
}

export function add(a: Value, b: Value, meter: Meter): Value {
  if (typeof a === "string" && typeof b === "string") {
    meter.allocate(a.length + b.length);
    return a + b;
  }
  return binary("+", a, b, meter);
}

/** Python's unary `-`. */
export function negative(value: Value): Value {
  use(value);
  if (value instanceof PyFloat) return new PyFloat(-value.value);
  if (!isInteger(value)) throw new PyError("TypeError", `bad operand type for unary -: '${typeName(value)}'`);
  const whole = plainInt(value);
  return typeof whole === "bigint" ? int(-whole) : 0 - whole;
}

/** Python's unary `+`. */
export function positive(value: Value): Value {
  use(value);
  if (value instanceof PyFloat) return value;
  if (!isInteger(value)) throw new PyError("TypeError", `bad operand type for unary +: '${typeName(value)}'`);
  return plainInt(value);
}

/** Python's `abs`. */
export function absolute(value: Value): Value {
  if (value instanceof PyFloat) return new PyFloat(Math.abs(value.value));
  if (!isInteger(value)) throw new PyError("TypeError", `bad operand type for abs(): '${typeName(value)}'`);
  const whole = plainInt(value);
  return whole < 0 ? negative(whole) : whole;
}

function use(value: Value): void {
  if (value instanceof PyObject) value.use();
}

function numeric(operator: BinaryOperator, a: Number_, b: Number_, meter: Meter): Value {
  if (a instanceof PyFloat || b instanceof PyFloat) return new PyFloat(floats(operator, toDouble(a), toDouble(b)));
  const [x, y] = [plainInt(a), plainInt(b)];
  if (operator === "/") return new PyFloat(trueDivision(x, y));
  if (operator === "**") return power(x, y, meter);
  if (typeof x === "number" && typeof y === "number") {
    const quick = smallIntegers(operator, x, y);
    if (Number.isSafeInteger(quick)) return quick + 0;
  }
  return int(bigIntegers(operator, BigInt(x), BigInt(y), meter));
}

function floats(operator: BinaryOperator, x: number, y: number): number {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      if (y === 0) throw new PyError("ZeroDivisionError", "float division by zero");
      return x / y;
    case "//":
      if (y === 0) throw new PyError("ZeroDivisionError", "float floor division by zero");
      return floorDivision(x, y);
    case "%":
      if (y === 0) throw new PyError("ZeroDivisionError", "float modulo");
      return modulo(x, y);
    case "**":
      return floatPower(x, y);
  }
}

/** The remainder with the sign of the divisor, as Python has it. */
function modulo(x: number, y: number): number {
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return rest < 0 !== y < 0 ? rest + y : rest;
}

/** CPython's way, so that the last bit agrees: from the exact remainder, not from the rounded quotient. */
function floorDivision(x: number, y: number): number {
  const rest = x % y;
  const quotient = (x - rest) / y - (rest !== 0 && rest < 0 !== y < 0 ? 1 : 0);
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function floatPower(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0 && y < 0) throw new PyError("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return 1;
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) {
    // Python answers a complex number, which no template can print or use sensibly.
    throw new PyError("NotImplementedError", "complex numbers are not supported");
  }
  const result = x ** y;
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) {
    throw new PyError("OverflowError", "(34, 'Numerical result out of range')");
  }
  return result;
}

/** Correctly rounded also where the operands are wider than a double. */
function trueDivision(x: number | bigint, y: number | bigint): number {
  if (y === 0) throw new PyError("ZeroDivisionError", "division by zero");
  if (typeof x === "number" && typeof y === "number") return x / y;
  const [p, q] = [BigInt(x), BigInt(y)];
  const negativeResult = p < 0n !== q < 0n;
  const [up, uq] = [p < 0n ? -p : p, q < 0n ? -q : q];
  // 66 significant bits and a sticky bit make Number() round to even at the right place.
  const shift = 66 - (bitLength(up) - bitLength(uq));
  const [n, d] = shift >= 0 ? [up << BigInt(shift), uq] : [up, uq << BigInt(-shift)];
  const quotient = (n / d) | (n % d === 0n ? 0n : 1n);
  const result = scale(Number(quotient), -shift);
  if (!Number.isFinite(result)) throw new PyError("OverflowError", "integer division result too large for a float");
  return negativeResult ? -result : result;
}

function scale(value: number, exponent: number): number {
  let result = value;
  let left = exponent;
  for (; left > 1000; left -= 1000) result *= 2 ** 1000;
  for (; left < -1000; left += 1000) result *= 2 ** -1000;
  return result * 2 ** left;
}

function smallIntegers(operator: BinaryOperator, x: number, y: number): number {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    default:
      divisor(operator, y === 0);
      // Exact for quotients below 2^53; the remainder never rounds.
      return operator === "%" ? modulo(x, y) : (x - modulo(x, y)) / y;
  }
}

function bigIntegers(operator: BinaryOperator, x: bigint, y: bigint, meter: Meter): bigint {
  if (operator === "*") meter.integer(bitLength(x) + bitLength(y));
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    default: {
      divisor(operator, y === 0n);
      const rest = x % y;
      const floorRest = rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest;
      return operator === "%" ? floorRest : (x - floorRest) / y;
    }
  }
}

function divisor(operator: BinaryOperator, isZero: boolean): void {
  if (!isZero) return;
  const message = operator === "%" ? "integer modulo by zero" : "integer division or modulo by zero";
  throw new PyError("ZeroDivisionError", message);
}

function power(base: number | bigint, exponent: number | bigint, meter: Meter): Value {
  if (exponent < 0) return new PyFloat(floatPower(toDouble(base), toDouble(exponent)));
  if (base === 0 || base === 1 || exponent === 0) return exponent === 0 ? 1 : base;
  if (base === -1) return BigInt(exponent) % 2n === 0n ? 1 : -1;
  meter.integer(bitLength(base) * Number(exponent));
  return int(toBigInt(base) ** toBigInt(exponent));
}

/** What is neither two numbers nor a sequence's own operator: the difference of sets. */
function others(operator: BinaryOperator, a: Value, b: Value, meter: Meter): Value | undefined {
  if (operator === "-" && a instanceof PySet && b instanceof PySet) {
    meter.step(a.size);
    return PySet.from([...a].filter((item) => !b.has(item)));
  }
  return undefined;
}

function sequences(operator: BinaryOperator, a: Value, b: Value, meter: Meter): Value {
  if (a instanceof PyObject) {
    const result = a.operate(operator, b, false, meter);
    if (result !== undefined) return result;
  }
  if (b instanceof PyObject) {
    const result = b.operate(operator, a, true, meter);
    if (result !== undefined) return result;
  }
  if (operator === "+") return concatenate(a, b, meter);
  if (operator === "*") {
    if (isSequence(a)) return repeat(a, b, meter);
    if (isSequence(b)) return repeat(b, a, meter);
  }
  throw unsupported(operator, a, b);
}

type Sequence = string | Bytes | Value[] | Tuple;

function isSequence(value: Value): value is Sequence {
  return typeof value === "string" || Array.isArray(value) || value instanceof Tuple || value instanceof Bytes;
}

function concatenate(a: Value, b: Value, meter: Meter): Value {
  if (typeof a === "string") {
    const other = textOf(b);
    if (other === undefined) throw new PyError("TypeError", `can only concatenate str (not "${typeName(b)}") to str`);
    meter.allocate(a.length + other.length);
    return a + other;
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b)) throw new PyError("TypeError", `can only concatenate list (not "${typeName(b)}") to list`);
    meter.allocate((a.length + b.length) * itemWeight);
    return [...a, ...b];
  }
  if (a instanceof Tuple) {
    if (!(b instanceof Tuple)) {
      throw new PyError("TypeError", `can only concatenate tuple (not "${typeName(b)}") to tuple`);
    }
    meter.allocate((a.items.length + b.items.length) * itemWeight);
    return new Tuple([...a.items, ...b.items]);
  }
  if (a instanceof Bytes) {
    if (!(b instanceof Bytes)) throw new PyError("TypeError", `can't concat ${typeName(b)} to bytes`);
    meter.allocate(a.data.length + b.data.length);
    return new Bytes(concatBytes(a.data, b.data));
  }
  throw unsupported("+", a, b);
}

function repeat(sequence: Sequence, times: Value, meter: Meter): Value {
  if (!isInteger(times)) {
    throw new PyError("TypeError", `can't multiply sequence by non-int of type '${typeName(times)}'`);
  }
  const whole = plainInt(times);
  if (typeof whole === "bigint") {
    throw new PyError("OverflowError", "cannot fit 'int' into an index-sized integer");
  }
  const count = Math.max(0, whole);
  if (typeof sequence === "string") {
    meter.allocate(sequence.length * count);
    return sequence === "" ? "" : sequence.repeat(count);
  }
  if (sequence instanceof Bytes) {
    meter.allocate(sequence.data.length * count);
    const data = new Uint8Array(sequence.data.length * count);
    for (let index = 0; index < count && sequence.data.length; index += 1) {
      data.set(sequence.data, index * sequence.data.length);
    }
    return new Bytes(data);
  }
  const items = sequence instanceof Tuple ? sequence.items : sequence;
  meter.allocate(items.length * count * itemWeight);
  const repeated: Value[] = [];
  if (items.length) for (let index = 0; index < count; index += 1) for (const item of items) repeated.push(item);
  return sequence instanceof Tuple ? new Tuple(repeated) : repeated;
}

function unsupported(operator: BinaryOperator, a: Value, b: Value): PyError {
  const sign = operator === "**" ? "** or pow()" : operator;
  const [left, right] = [typeName(a), typeName(b)];
  return new PyError("TypeError", `unsupported operand type(s) for ${sign}: '${left}' and '${right}'`);
}
