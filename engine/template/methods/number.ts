import { hexBytes } from "../../value/bytes.js";
import { truthy } from "../../value/iterate.js";
import { bitLength, isInteger, plainInt, toBigInt } from "../../value/numbers.js";
import { Bytes, int, PyError, PyFloat, Tuple, typeName, type Value } from "../../value/types.js";
import { integer, type Method, type MethodTable, methodTable, none, one } from "./define.js";

type Integer = number | bigint;

function toBytes(self: Integer, length: number, order: string, signed: boolean): Bytes {
  if (order !== "big" && order !== "little") {
    throw new PyError("ValueError", "byteorder must be either 'little' or 'big'");
  }
  if (length < 0) throw new PyError("ValueError", "length argument must be non-negative");
  const whole = toBigInt(self);
  if (whole < 0n && !signed) throw new PyError("OverflowError", "can't convert negative int to unsigned");
  const limit = 1n << BigInt(length * 8 - (signed ? 1 : 0));
  if (length * 8 < bitLength(whole) || whole >= limit || whole < -limit) {
    throw new PyError("OverflowError", "int too big to convert");
  }
  const hex = BigInt.asUintN(length * 8, whole)
    .toString(16)
    .padStart(length * 2, "0");
  const data = hexBytes(length ? hex : "");
  return new Bytes(order === "big" ? data : data.reverse());
}

const intToBytes: Method<Integer> = (self, args, context, kwargs) => {
  if (args.length + kwargs.size > 3) {
    throw new PyError("TypeError", `to_bytes() takes at most 3 arguments (${args.length + kwargs.size} given)`);
  }
  for (const name of kwargs.keys()) {
    if (!["length", "byteorder", "signed"].includes(name)) {
      throw new PyError("TypeError", `'${name}' is an invalid keyword argument for to_bytes()`);
    }
  }
  const length = integer(args[0] ?? kwargs.get("length") ?? 1);
  const order = args[1] ?? kwargs.get("byteorder") ?? "big";
  if (typeof order !== "string") {
    throw new PyError("TypeError", `to_bytes() argument 'byteorder' must be str, not ${typeName(order)}`);
  }
  context.budget.allocate(Math.max(0, length));
  return toBytes(self, length, order, truthy(kwargs.get("signed") ?? false));
};

function bitCount(self: Integer): number {
  const whole = toBigInt(self);
  return (whole < 0n ? -whole : whole).toString(2).replaceAll("0", "").length;
}

export const intMethods: MethodTable<Integer> = methodTable([
  ["bit_length", "constant", none("int.bit_length", (self) => bitLength(self))],
  ["bit_count", "linear", none("int.bit_count", bitCount)],
  ["conjugate", "constant", none("int.conjugate", (self) => self)],
  ["as_integer_ratio", "constant", none("int.as_integer_ratio", (self) => new Tuple([self, 1]))],
  ["to_bytes", "counted", intToBytes],
]);

/** A float as a fraction in lowest terms. */
function ratio(value: number): Tuple {
  if (Number.isNaN(value)) throw new PyError("ValueError", "cannot convert NaN to integer ratio");
  if (!Number.isFinite(value)) throw new PyError("OverflowError", "cannot convert Infinity to integer ratio");
  let numerator = value;
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new Tuple([int(BigInt(numerator)), int(denominator)]);
}

/** `float.hex()`: `0x1.8000000000000p+1`. */
function hexText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = (bits & 0xf_ffff_ffff_ffffn).toString(16).padStart(13, "0");
  if (value === 0) return `${sign}0x0.0p+0`;
  const exponent = biased === 0 ? -1022 : biased - 1023;
  return `${sign}0x${biased === 0 ? 0 : 1}.${fraction}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

const hexForm = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i;

function fromHex(argument: Value): PyFloat {
  if (typeof argument !== "string") {
    throw new PyError("TypeError", `argument must be str, not ${typeName(argument)}`);
  }
  const text = argument.trim().toLowerCase();
  if (/^[+-]?inf(inity)?$/.test(text))
    return new PyFloat(text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  if (/^[+-]?nan$/.test(text)) return new PyFloat(Number.NaN);
  const [, sign, whole = "", fraction = "", exponent = "0"] = hexForm.exec(text) ?? [];
  if (whole + fraction === "") throw new PyError("ValueError", "invalid hexadecimal floating-point string");
  const digits = Number(BigInt(`0x${whole}${fraction}`));
  const value = digits * 2 ** (Number(exponent) - 4 * fraction.length);
  if (!Number.isFinite(value))
    throw new PyError("OverflowError", "hexadecimal value too large to represent as a float");
  return new PyFloat(sign === "-" ? -value : value);
}

export const floatMethods: MethodTable<PyFloat> = methodTable([
  ["is_integer", "constant", none("float.is_integer", ({ value }) => Number.isInteger(value))],
  ["as_integer_ratio", "constant", none("float.as_integer_ratio", ({ value }) => ratio(value))],
  ["conjugate", "constant", none("float.conjugate", (self) => self)],
  ["hex", "counted", none("float.hex", ({ value }) => hexText(value))],
  ["fromhex", "counted", one("float.fromhex", (_, argument) => fromHex(argument))],
]);

/** The attributes that are no methods: an int is a fraction and a complex number too. */
export function numberAttribute(self: Value, name: string): Value | undefined {
  if (self instanceof PyFloat) return name === "real" ? self : name === "imag" ? new PyFloat(0) : undefined;
  if (!isInteger(self)) return undefined;
  if (name === "real" || name === "numerator") return plainInt(self);
  if (name === "imag") return 0;
  return name === "denominator" ? 1 : undefined;
}
