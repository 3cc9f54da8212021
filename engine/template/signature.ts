import { PyError, PyFloat, type Value } from "../value/types.js";
import type { Args, Kwargs } from "./runtime.js";

interface Parameter {
  readonly name: string;
  /** Undefined for a parameter that must be given. */
  readonly initial: Value | undefined;
  /** A parameter that Jinja fills in (the environment, the context): counted in messages, not handed on. */
  readonly hidden: boolean;
}

/**
 * The parameters of a Python function, from its `def` line: `do_sort(@environment, value, reverse=False)`. A name with
 * `@` is one that Jinja fills in. Binds arguments as CPython does, with its errors.
 */
export class Signature {
  readonly name: string;
  /** The parameters that a template may give, as Python writes them: `width=4`. */
  readonly shown: readonly string[];
  readonly #parameters: readonly Parameter[];
  readonly #visible: readonly Parameter[];
  readonly #hiddenCount: number;
  readonly #required: number;

  constructor(definition: string) {
    const [, name = "", list = ""] = /^([\w.]+)\((.*)\)$/.exec(definition) ?? [];
    this.name = name;
    const written = list === "" ? [] : list.split(/,\s*/);
    this.shown = written.filter((text) => !text.startsWith("@"));
    this.#parameters = written.map(parameter);
    this.#visible = this.#parameters.filter(({ hidden }) => !hidden);
    this.#hiddenCount = this.#parameters.length - this.#visible.length;
    this.#required = this.#parameters.filter(({ initial }) => initial === undefined).length;
  }

  /**
   * One value for each visible parameter, in order.
   * @throws PyError TypeError `f() missing 1 required positional argument: 'x'` and its kin
   */
  bind(args: Args, kwargs: Kwargs): Value[] {
    const bound: (Value | undefined)[] = args.slice(0, this.#visible.length);
    for (const [name, value] of kwargs) {
      const index = this.#visible.findIndex((candidate) => candidate.name === name);
      if (index < 0) this.#fail(`got an unexpected keyword argument '${name}'`);
      if (bound[index] !== undefined) this.#fail(`got multiple values for argument '${name}'`);
      bound[index] = value;
    }
    if (args.length > this.#visible.length) this.#tooMany(args.length);
    const missing: string[] = [];
    const values = this.#visible.map(({ name, initial }, index) => {
      const value = bound[index] ?? (bound[index] === null ? null : initial);
      if (value === undefined) missing.push(name);
      return value ?? null;
    });
    if (missing.length) this.#missing(missing);
    return values;
  }

  #tooMany(given: number): never {
    const most = this.#parameters.length;
    const takes = this.#required < most ? `from ${this.#required} to ${most}` : `${most}`;
    const plural = most === 1 && this.#required === most ? "" : "s";
    const count = given + this.#hiddenCount;
    this.#fail(`takes ${takes} positional argument${plural} but ${count} ${count === 1 ? "was" : "were"} given`);
  }

  #missing(names: readonly string[]): never {
    const quoted = names.map((name) => `'${name}'`);
    const last = quoted.pop() as string;
    const list = quoted.length === 0 ? last : `${quoted.join(", ")}${quoted.length > 1 ? "," : ""} and ${last}`;
    const plural = names.length === 1 ? "" : "s";
    this.#fail(`missing ${names.length} required positional argument${plural}: ${list}`);
  }

  #fail(message: string): never {
    throw new PyError("TypeError", `${this.name}() ${message}`);
  }
}

function parameter(text: string): Parameter {
  const [, hidden, name = "", , initial] = /^(@?)(\w+)(=(.*))?$/.exec(text) ?? [];
  return { name, hidden: hidden === "@", initial: initial === undefined ? undefined : literal(initial) };
}

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["None", null],
  ["True", true],
  ["False", false],
]);

/** The default values that occur: None, booleans, numbers and plain texts in single quotes. */
function literal(text: string): Value {
  const constant = constants.get(text);
  if (constant !== undefined) return constant;
  if (text.startsWith("'")) return text.slice(1, -1);
  return text.includes(".") ? new PyFloat(Number(text)) : Number(text);
}
