import { binary } from "../../value/arithmetic.js";
import { compare, contains, type OrderOperator } from "../../value/compare.js";
import { equal } from "../../value/equal.js";
import { isIterable } from "../../value/iterate.js";
import { Markup } from "../../value/markup.js";
import { isInteger, isNumber } from "../../value/numbers.js";
import { Range } from "../../value/range.js";
import { str } from "../../value/repr.js";
import { textOf } from "../../value/text.js";
import { Bytes, Dict, hashKey, PyError, PyFloat, Tuple, type Value } from "../../value/types.js";
import type { Metered } from "../cost.js";
import { filters } from "../filters/index.js";
import { checkCount, type Method } from "../methods/define.js";
import { strCase } from "../methods/str-case.js";
import { Callable, type EvalContext, noKwargs, Undefined } from "../runtime.js";
import { python, type Test, type TestTable, testTable } from "./define.js";
import { matchTest } from "./match.js";

/** A test that is a function of Python's operator module. */
function operator(name: string, body: (a: Value, b: Value) => boolean): Test {
  return (_, value, args, kwargs) => {
    if (kwargs.size) throw new PyError("TypeError", `_operator.${name}() takes no keyword arguments`);
    checkCount(name, args.length + 1, 2, 2);
    return body(value, args[0] as Value);
  };
}

function ordering(name: string, sign: OrderOperator): Test {
  return operator(name, (a, b) => compare(sign, a, b));
}

function remainder(context: EvalContext, value: Value, divisor: Value, wanted: number): boolean {
  return equal(binary("%", value, divisor, context.budget), wanted);
}

/** Python's `is`: the same object. Small values are one object each. */
function sameAs(value: Value, other: Value): boolean {
  if (value instanceof Tuple && other instanceof Tuple && value.items.length + other.items.length === 0) return true;
  return value === other;
}

/** What has a length and items by key. */
function isSequence(value: Value): boolean {
  if (value instanceof Undefined) return false;
  if (typeof value === "string" || Array.isArray(value) || value instanceof Tuple || value instanceof Dict) return true;
  if (value instanceof Bytes || value instanceof Markup || value instanceof Range) return true;
  return false;
}

function textCase(name: "islower" | "isupper"): (context: EvalContext, value: Value) => boolean {
  const { call } = strCase.get(name) as Metered<Method<string>>;
  return (context, value) => call(str(value), [], context, noKwargs) === true;
}

/** Whether a name is that of a filter or a test; the name may be any value that can be looked up. */
function known(table: { has(name: string): boolean }, name: Value): boolean {
  const text = textOf(name);
  if (text === undefined) hashKey(name);
  return text !== undefined && table.has(text);
}

const eq = operator("eq", equal);
const ne = operator("ne", (a, b) => !equal(a, b));
const lt = ordering("lt", "<");
const le = ordering("le", "<=");
const gt = ordering("gt", ">");
const ge = ordering("ge", ">=");

/** All tests: Jinja's own and Salt's `match`, `equalto` and `list` (salt-reference §3.3). */
export const tests: TestTable = testTable([
  ["odd", "counted", python("test_odd(value)", (context, value) => remainder(context, value, 2, 1))],
  ["even", "counted", python("test_even(value)", (context, value) => remainder(context, value, 2, 0))],
  [
    "divisibleby",
    "counted",
    python("test_divisibleby(value, num)", (context, value, num) => remainder(context, value, num, 0)),
  ],
  ["defined", "constant", python("test_defined(value)", (_, value) => !(value instanceof Undefined))],
  ["undefined", "constant", python("test_undefined(value)", (_, value) => value instanceof Undefined)],
  ["filter", "constant", python("test_filter(@env, value)", (_, value) => known(filters, value))],
  ["test", "constant", python("test_test(@env, value)", (_, value) => known(tests, value))],
  ["none", "constant", python("test_none(value)", (_, value) => value === null)],
  ["boolean", "constant", python("test_boolean(value)", (_, value) => typeof value === "boolean")],
  ["false", "constant", python("test_false(value)", (_, value) => value === false)],
  ["true", "constant", python("test_true(value)", (_, value) => value === true)],
  ["integer", "constant", python("test_integer(value)", (_, value) => isInteger(value) && typeof value !== "boolean")],
  ["float", "counted", python("test_float(value)", (_, value) => value instanceof PyFloat)],
  ["lower", "linear", python("test_lower(value)", textCase("islower"))],
  ["upper", "linear", python("test_upper(value)", textCase("isupper"))],
  ["string", "counted", python("test_string(value)", (_, value) => textOf(value) !== undefined)],
  ["mapping", "constant", python("test_mapping(value)", (_, value) => value instanceof Dict)],
  ["number", "constant", python("test_number(value)", (_, value) => isNumber(value))],
  ["sequence", "constant", python("test_sequence(value)", (_, value) => isSequence(value))],
  ["iterable", "constant", python("test_iterable(value)", (_, value) => isIterable(value))],
  [
    "callable",
    "constant",
    (_, value, args, kwargs) => {
      if (kwargs.size) throw new PyError("TypeError", "callable() takes no keyword arguments");
      if (args.length) {
        throw new PyError("TypeError", `callable() takes exactly one argument (${args.length + 1} given)`);
      }
      // Undefined has a method to be called by, the one that raises.
      return value instanceof Callable || value instanceof Undefined;
    },
  ],
  ["sameas", "constant", python("test_sameas(value, other)", (_, value, other) => sameAs(value, other))],
  ["escaped", "constant", python("test_escaped(value)", (_, value) => value instanceof Markup)],
  ["in", "counted", python("test_in(value, seq)", (_, value, seq) => contains(seq, value))],
  ["==", "counted", eq],
  ["eq", "counted", eq],
  ["equalto", "counted", python("test_equalto(value, other)", (_, value, other) => equal(value, other))],
  ["!=", "counted", ne],
  ["ne", "counted", ne],
  [">", "counted", gt],
  ["gt", "counted", gt],
  ["greaterthan", "counted", gt],
  [">=", "counted", ge],
  ["ge", "counted", ge],
  ["<", "counted", lt],
  ["lt", "counted", lt],
  ["lessthan", "counted", lt],
  ["<=", "counted", le],
  ["le", "counted", le],
  ["list", "counted", python("is_list(value)", (_, value) => Array.isArray(value))],
  ["match", "counted", matchTest],
]);
