import { isInteger, plainInt } from "../../value/numbers.js";
import { Range } from "../../value/range.js";
import { PyError, PyObject, typeName, type Value } from "../../value/types.js";
import { checkCount } from "../methods/define.js";
import { NativeFunction } from "../runtime.js";

/** Jinja's sandbox makes no longer range than this. */
const maxRange = 100_000;

function bound(value: Value): number | bigint {
  if (isInteger(value)) return plainInt(value);
  if (value instanceof PyObject) value.use();
  throw new PyError("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`);
}

/** The sandbox's `range`. @throws PyError OverflowError `Range too big. …` */
export const rangeFunction = new NativeFunction(
  "safe_range",
  "constant",
  (_, args, kwargs) => {
    const [keyword] = kwargs.keys();
    if (keyword !== undefined) {
      throw new PyError("TypeError", `safe_range() got an unexpected keyword argument '${keyword}'`);
    }
    checkCount("range", args.length, 1, 3);
    const bounds = args.map(bound);
    const [start = 0, stop = 0, step = 1] = bounds.length === 1 ? [0, ...bounds] : bounds;
    if (step === 0) throw new PyError("ValueError", "range() arg 3 must not be zero");
    const span = BigInt(stop) - BigInt(start);
    const size = span / BigInt(step);
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new PyError("OverflowError", "Python int too large to convert to C ssize_t");
    }
    if (size > 0n && (span % BigInt(step) === 0n ? size : size + 1n) > BigInt(maxRange)) throw tooBig();
    return new Range(Number(start), Number(stop), Number(step));
  },
  "function",
  "<function safe_range at 0x7f0000000000>",
);

function tooBig(): PyError {
  return new PyError("OverflowError", `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${maxRange}).`);
}
