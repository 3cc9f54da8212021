import { isInteger, plainInt } from "../../value/numbers.js";
import { textOf } from "../../value/text.js";
import { PyError, PyObject, typeName, type Value } from "../../value/types.js";
import { type Cost, type MeteredTable, meteredTable } from "../cost.js";
import type { Args, EvalContext, Kwargs } from "../runtime.js";

/** A method of a built-in class: `self` is the object, of the class that the method belongs to. */
export type Method<Self> = (self: Self, args: Args, context: EvalContext, kwargs: Kwargs) => Value;

/** The methods of a class by name. */
export type MethodTable<Self> = MeteredTable<Method<Self>>;

/** A method on its way into a table. */
export type MethodEntry<Self> = readonly [name: string, cost: Cost, method: Method<Self>];

export function methodTable<Self>(entries: Iterable<MethodEntry<Self>>): MethodTable<Self> {
  return meteredTable(entries);
}

// CPython checks arguments of methods written in C in four ways, each with words of its own.

function fail(message: string): never {
  throw new PyError("TypeError", message);
}

function noKeywords(name: string, kwargs: Kwargs): void {
  if (kwargs.size) fail(`${name}() takes no keyword arguments`);
}

/** `str.upper()`: no arguments. `name` is `class.method`. */
export function none<Self>(name: string, body: (self: Self, context: EvalContext) => Value): Method<Self> {
  return (self, args, context, kwargs) => {
    noKeywords(name, kwargs);
    if (args.length) fail(`${name}() takes no arguments (${args.length} given)`);
    return body(self, context);
  };
}

/** `str.join(x)`: exactly one. */
export function one<Self>(
  name: string,
  body: (self: Self, argument: Value, context: EvalContext) => Value,
): Method<Self> {
  return (self, args, context, kwargs) => {
    noKeywords(name, kwargs);
    if (args.length !== 1) fail(`${name}() takes exactly one argument (${args.length} given)`);
    return body(self, args[0] as Value, context);
  };
}

/** `str.replace(a, b[, n])`: between `least` and `most`, none by name. */
export function several<Self>(name: string, least: number, most: number, body: Method<Self>): Method<Self> {
  const short = shortName(name);
  return (self, args, context, kwargs) => {
    noKeywords(name, kwargs);
    checkCount(short, args.length, least, most);
    return body(self, args, context, kwargs);
  };
}

/** `replace expected at least 2 arguments, got 1`. */
export function checkCount(name: string, given: number, least: number, most: number): void {
  if (given >= least && given <= most) return;
  const bound = given < least ? least : most;
  const which = least === most ? "" : given < least ? "at least " : "at most ";
  fail(`${name} expected ${which}${bound} argument${bound === 1 ? "" : "s"}, got ${given}`);
}

/** `str.find(x[, start[, end]])`: the old way of checking, which counts in other words. */
export function searching<Self>(name: string, body: Method<Self>): Method<Self> {
  const short = shortName(name);
  return (self, args, context, kwargs) => {
    noKeywords(short, kwargs);
    if (args.length < 1) fail(`${short}() takes at least 1 argument (0 given)`);
    if (args.length > 3) fail(`${short}() takes at most 3 arguments (${args.length} given)`);
    return body(self, args, context, kwargs);
  };
}

/** `str.split(sep=None, maxsplit=-1)`: by place or by name; a missing one arrives as undefined. */
export function named<Self>(
  name: string,
  names: readonly string[],
  body: (self: Self, values: readonly (Value | undefined)[], context: EvalContext) => Value,
): Method<Self> {
  const short = shortName(name);
  const most = names.length;
  return (self, args, context, kwargs) => {
    const given = args.length + kwargs.size;
    if (given > most) {
      const kind = args.length === 0 ? "keyword " : "";
      fail(`${short}() takes at most ${most} ${kind}argument${most === 1 ? "" : "s"} (${given} given)`);
    }
    const values: (Value | undefined)[] = names.map((_, index) => args[index]);
    for (const [key, value] of kwargs) {
      const index = names.indexOf(key);
      if (index < 0) fail(`'${key}' is an invalid keyword argument for ${short}()`);
      if (index < args.length) fail(`argument for ${short}() given by name ('${key}') and position (${index + 1})`);
      values[index] = value;
    }
    return body(self, values, context);
  };
}

function shortName(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}

/** A whole-number argument. @throws PyError TypeError `'str' object cannot be interpreted as an integer` */
export function integer(value: Value): number {
  if (!isInteger(value)) {
    if (value instanceof PyObject) value.use();
    fail(`'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  const whole = plainInt(value);
  if (typeof whole === "bigint") throw new PyError("OverflowError", "Python int too large to convert to C ssize_t");
  return whole;
}

/** A text argument. `must` begins the message: `must be str`. */
export function text(value: Value, must: string): string {
  const plain = textOf(value);
  if (plain !== undefined) return plain;
  if (value instanceof PyObject) value.use();
  // Arguments that CPython checks by number or name it calls by value when they are None.
  fail(`${must}, not ${value === null && must.includes("argument") ? "None" : typeName(value)}`);
}

/** The `start` and `end` of a search, as offsets into `length` items; None is no bound where `allowsNone`. */
export function window(args: Args, length: number, allowsNone = true): { start: number; end: number } {
  const start = edge(args[1], 0, length, allowsNone);
  const end = edge(args[2], length, length, allowsNone);
  return { start, end };
}

function edge(value: Value | undefined, absent: number, length: number, allowsNone: boolean): number {
  if (value === undefined || (value === null && allowsNone)) return absent;
  if (value instanceof PyObject) value.use();
  if (!isInteger(value)) {
    fail(`slice indices must be integers or ${allowsNone ? "None or " : ""}have an __index__ method`);
  }
  const whole = plainInt(value);
  if (typeof whole === "bigint") return whole < 0n ? 0 : length + 1;
  return whole < 0 ? Math.max(0, whole + length) : Math.min(whole, length + 1);
}
