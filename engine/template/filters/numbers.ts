import { absolute, binary } from "../../value/arithmetic.js";
import { compare } from "../../value/compare.js";
import { fixedText, roundTo } from "../../value/float-text.js";
import { iterate, truthy } from "../../value/iterate.js";
import { isInteger, isNumber, plainInt, toBigInt, truncate } from "../../value/numbers.js";
import { toFloat, toInt } from "../../value/parse-number.js";
import { textOf } from "../../value/text.js";
import { Bytes, int, PyError, PyFloat, typeName, type Value } from "../../value/types.js";
import { integer } from "../methods/define.js";
import type { EvalContext } from "../runtime.js";
import { attributeGetter, type Getter } from "./attribute.js";
import { builtin, type Filter, type FilterTable, filterTable, python } from "./define.js";

/** Runs `attempt`; one of the named exceptions gives `otherwise`. */
function unless(types: readonly string[], attempt: () => Value, otherwise: () => Value): Value {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof PyError && types.includes(error.type)) return otherwise();
    throw error;
  }
}

function toInteger(_: EvalContext, value: Value, fallback: Value, base: Value): Value {
  const text = textOf(value);
  return unless(
    ["TypeError", "ValueError"],
    () => (text === undefined ? toInt(value) : toInt(text, integer(base))),
    // "42.23" is no int, but it is a float that has one.
    () =>
      unless(
        ["TypeError", "ValueError", "OverflowError"],
        () => truncate(toFloat(value)),
        () => fallback,
      ),
  );
}

function toFloatOr(_: EvalContext, value: Value, fallback: Value): Value {
  return unless(
    ["TypeError", "ValueError"],
    () => new PyFloat(toFloat(value)),
    () => fallback,
  );
}

/** Python's `round`. @throws PyError TypeError `type str doesn't define __round__ method` */
function roundHalfEven(value: Value, precision: Value): Value {
  if (!isNumber(value)) {
    throw new PyError("TypeError", `type ${typeName(value)} doesn't define __round__ method`);
  }
  if (precision === null) return value instanceof PyFloat ? truncate(roundTo(value.value, 0)) : plainInt(value);
  const digits = integer(precision);
  if (value instanceof PyFloat) return new PyFloat(roundTo(value.value, digits));
  return digits >= 0 ? plainInt(value) : roundWhole(toBigInt(value), -digits);
}

function roundWhole(value: bigint, zeros: number): Value {
  if (zeros > value.toString().length) return 0;
  const unit = 10n ** BigInt(zeros);
  const rest = ((value % unit) + unit) % unit;
  const floor = value - rest;
  const isUp = rest * 2n > unit || (rest * 2n === unit && (floor / unit) % 2n !== 0n);
  return int(isUp ? floor + unit : floor);
}

function round(context: EvalContext, value: Value, precision: Value, method: Value): Value {
  const name = textOf(method);
  if (name === "common") return roundHalfEven(value, precision);
  if (name !== "ceil" && name !== "floor") {
    throw new PyError("FilterArgumentError", "method must be common, ceil or floor");
  }
  const factor = binary("**", 10, precision, context.budget);
  const scaled = binary("*", value, factor, context.budget);
  if (!isNumber(scaled)) throw new PyError("TypeError", `must be real number, not ${typeName(scaled)}`);
  const whole = isInteger(scaled)
    ? scaled
    : truncate(name === "ceil" ? Math.ceil(scaled.value) : Math.floor(scaled.value));
  return binary("/", whole, factor, context.budget);
}

/** Python's `sum`. @throws PyError TypeError `sum() can't sum strings [use ''.join(seq) instead]` */
export function sumValues(context: EvalContext, values: Iterable<Value>, start: Value): Value {
  if (textOf(start) !== undefined) {
    throw new PyError("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (start instanceof Bytes) throw new PyError("TypeError", "sum() can't sum bytes [use b''.join(seq) instead]");
  let total: Value = start;
  for (const value of values) {
    context.budget.step();
    total = binary("+", total, value, context.budget);
  }
  return total;
}

function sum(context: EvalContext, value: Value, attribute: Value, start: Value): Value {
  const items = iterate(value);
  if (attribute === null) return sumValues(context, items, start);
  return sumValues(context, mapped(items, attributeGetter(context, attribute)), start);
}

function* mapped(items: Iterable<Value>, get: Getter): Iterable<Value> {
  for (const item of items) yield get(item);
}

/** Salt's own `min` and `max`, which stand in for Jinja's: Python's functions of one iterable, with case and no `attribute`. */
function extreme(name: "min" | "max"): Filter {
  const operator = name === "min" ? "<" : ">";
  return python(`lst_${name}(obj)`, (context, value) => {
    let best: Value | undefined;
    for (const item of iterate(value)) {
      context.budget.step();
      if (best === undefined || compare(operator, item, best)) best = item;
    }
    if (best === undefined) throw new PyError("ValueError", `${name}() arg is an empty sequence`);
    return best;
  });
}

const sizeUnits = ["k", "M", "G", "T", "P", "E", "Z", "Y"];

function fileSize(_: EvalContext, value: Value, binaryUnits: Value): string {
  const size = toFloat(value);
  const isBinary = truthy(binaryUnits);
  const base = isBinary ? 1024 : 1000;
  if (size === 1) return "1 Byte";
  if (size < base) return `${truncate(size)} Bytes`;
  const found = sizeUnits.findIndex((_, index) => size < base ** (index + 2));
  const index = found < 0 ? sizeUnits.length - 1 : found;
  const letter = sizeUnits[index] as string;
  const name = isBinary ? `${letter.toUpperCase()}iB` : `${letter}B`;
  const scaled = (base * size) / base ** (index + 2);
  return `${Number.isFinite(scaled) ? fixedText(scaled, 1) : String(scaled).replace("Infinity", "inf").replace("NaN", "nan")} ${name}`;
}

export const numberFilters: FilterTable = filterTable([
  ["abs", "counted", builtin("abs", absolute)],
  ["int", "counted", python("do_int(value, default=0, base=10)", toInteger)],
  ["float", "counted", python("do_float(value, default=0.0)", toFloatOr)],
  ["round", "counted", python("do_round(value, precision=0, method='common')", round)],
  ["sum", "counted", python("sync_do_sum(@environment, iterable, attribute=None, start=0)", sum)],
  ["min", "counted", extreme("min")],
  ["max", "counted", extreme("max")],
  ["filesizeformat", "counted", python("do_filesizeformat(value, binary=False)", fileSize)],
]);
