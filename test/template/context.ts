import { SaltRelease } from "../../engine/salt-version/release.js";
import { filters } from "../../engine/template/filters/index.js";
import { attributeOf } from "../../engine/template/methods/attributes.js";
import {
  type Args,
  Budget,
  Callable,
  type EvalContext,
  type Kwargs,
  noKwargs,
  type TemplateHost,
  Undefined,
  type UndefinedOf,
} from "../../engine/template/runtime.js";
import { tests } from "../../engine/template/tests/index.js";
import { subscript } from "../../engine/value/subscript.js";
import { Dict, PyError, type Value } from "../../engine/value/types.js";

/** The rendering that a filter sees, without an evaluator: enough to call filters, tests, methods and globals. */
export class FakeContext implements EvalContext {
  readonly salt = new SaltRelease();
  readonly budget = new Budget();
  readonly newline = "\n";
  constructor(
    readonly autoescape = false,
    readonly host: TemplateHost = {},
  ) {}
  callFilter(name: string, value: Value, args: Args = [], kwargs: Kwargs = noKwargs): Value {
    const filter = filters.get(name);
    if (!filter) throw new PyError("TemplateRuntimeError", `No filter named '${name}'.`);
    return filter.call(this, value, args, kwargs);
  }
  callTest(name: string, value: Value, args: Args = [], kwargs: Kwargs = noKwargs): boolean {
    const test = tests.get(name);
    if (!test) throw new PyError("TemplateRuntimeError", `No test named '${name}'.`);
    return test.call(this, value, args, kwargs);
  }
  call(callee: Value, args: Args = [], kwargs: Kwargs = noKwargs): Value {
    if (!(callee instanceof Callable)) throw new PyError("TypeError", "not callable");
    return callee.call(this, args, kwargs);
  }
  getItem(object: Value, key: Value): Value {
    return this.#found(object, key) ?? this.#attribute(object, key) ?? this.undefined({ object, name: key });
  }
  getAttribute(object: Value, name: string): Value {
    return this.#attribute(object, name) ?? this.#found(object, name) ?? this.undefined({ object, name });
  }
  undefined(of: UndefinedOf): Undefined {
    return new Undefined(of);
  }
  variables(): Dict {
    return new Dict();
  }
  #attribute(object: Value, name: Value): Value | undefined {
    return typeof name === "string" ? attributeOf(object, name) : undefined;
  }
  #found(object: Value, key: Value): Value | undefined {
    try {
      return subscript(object, key, this.budget);
    } catch {
      return undefined;
    }
  }
}

/** Keyword arguments from an object. */
export function keywords(values: { readonly [name: string]: Value } = {}): Kwargs {
  return new Map(Object.entries(values));
}
