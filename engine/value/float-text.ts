import { trimEndOf } from "../trim.js";

// Decimal texts of doubles, exact and rounded half to even as CPython does. JavaScript's toFixed rounds halves up.

/** A finite, non-negative double as `mantissa × 2^exponent`, both whole. */
function decompose(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** `value × 10^shift`, rounded half to even to a whole number. */
function scaled(value: number, shift: number): bigint {
  const { mantissa, exponent } = decompose(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (shift >= 0) numerator *= 10n ** BigInt(shift);
  else denominator *= 10n ** BigInt(-shift);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

/** Format `f`: `digits` places after the point. The value must be finite and not negative. */
export function fixedText(value: number, digits: number): string {
  const text = scaled(value, digits)
    .toString()
    .padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

interface Scientific {
  /** The significant digits, no point; `digits + 1` of them. */
  readonly digits: string;
  readonly exponent: number;
}

/** `digits` places after the first. The value must be finite and not negative. */
function scientific(value: number, digits: number): Scientific {
  if (value === 0) return { digits: "0".repeat(digits + 1), exponent: 0 };
  let exponent = Number(value.toExponential().split("e")[1]);
  let text = scaled(value, digits - exponent).toString();
  if (text.length > digits + 1) {
    exponent += 1;
    text = scaled(value, digits - exponent).toString();
  }
  return { digits: text, exponent };
}

/** Format `e`: one digit, point, `digits` places, exponent of at least two digits. */
export function exponentText(value: number, digits: number, keepPoint = false): string {
  const { digits: text, exponent } = scientific(value, digits);
  const point = digits > 0 || keepPoint ? "." : "";
  return `${text.charAt(0)}${point}${text.slice(1)}${exponentSuffix(exponent)}`;
}

function exponentSuffix(exponent: number): string {
  return `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/**
 * Format `g`: `precision` significant digits, exponent form below 1e-4 and from 10^precision, no trailing zeros unless
 * `keepZeros`. `plain` is the format without a type: a smaller upper bound, and whole results end in `.0`.
 */
export function generalText(value: number, precision: number, keepZeros = false, plain = false): string {
  const significant = Math.max(1, precision);
  const { digits, exponent } = scientific(value, significant - 1);
  const upper = plain ? significant - 1 : significant;
  const trimmed = keepZeros ? digits : trimEndOf(digits, "0") || "0";
  if (exponent < -4 || exponent >= upper) {
    const rest = trimmed.slice(1);
    const point = rest || keepZeros ? "." : "";
    return `${trimmed.charAt(0)}${point}${rest}${exponentSuffix(exponent)}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${trimmed}`;
  const whole = trimmed.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = trimmed.slice(exponent + 1);
  if (fraction) return `${whole}.${fraction}`;
  return keepZeros ? `${whole}.` : plain ? `${whole}.0` : whole;
}

/** Python's `round(value, digits)` of a float: the double nearest to the correctly rounded decimal. */
export function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0 || digits > 323) return value;
  if (digits < -308) return value < 0 ? -0 : 0;
  const magnitude = Math.abs(value);
  const rounded =
    digits >= 0 ? Number(fixedText(magnitude, digits)) : Number(`${scaled(magnitude, digits)}e${-digits}`);
  return value < 0 ? -rounded : rounded;
}
