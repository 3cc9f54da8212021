import { int, PyError, PyFloat, type Value } from "./types.js";

/** A Python int or bool. */
export type Integer = number | bigint | boolean;

export function isInteger(value: Value): value is Integer {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

export function isNumber(value: Value): value is Integer | PyFloat {
  return isInteger(value) || value instanceof PyFloat;
}

/** The int of a bool; other ints as they are. */
export function plainInt(value: Integer): number | bigint {
  return typeof value === "boolean" ? Number(value) : value;
}

export function toBigInt(value: Integer): bigint {
  return BigInt(value);
}

/**
 * Python's int → float.
 * @throws PyError OverflowError `int too large to convert to float`
 */
export function toDouble(value: Integer | PyFloat): number {
  if (value instanceof PyFloat) return value.value;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new PyError("OverflowError", "int too large to convert to float");
  return number;
}

/**
 * Python's float → int, towards zero.
 * @throws PyError OverflowError for infinities, ValueError for nan
 */
export function truncate(value: number): number | bigint {
  if (Number.isNaN(value)) throw new PyError("ValueError", "cannot convert float NaN to integer");
  if (!Number.isFinite(value)) throw new PyError("OverflowError", "cannot convert float infinity to integer");
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole + 0 : int(BigInt(whole));
}

/** How many binary digits an int has: Python's `bit_length`. */
export function bitLength(value: Integer): number {
  const whole = plainInt(value);
  if (typeof whole === "number") {
    return whole === 0 ? 0 : Math.abs(whole).toString(2).length;
  }
  const hex = (whole < 0n ? -whole : whole).toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}
