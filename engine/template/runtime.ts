import type { SaltRelease } from "../salt-version/release.js";
import { Markup } from "../value/markup.js";
import { repr } from "../value/repr.js";
import { Dict, PyError, PyObject, typeName, type Value } from "../value/types.js";
import type { Budget } from "./budget.js";
import { type Cost, chargeCall } from "./cost.js";
import type { TemplateHost } from "./host.js";

// What filters, tests, globals and methods see of the evaluator. The evaluator implements EvalContext.

export { Budget, BudgetError } from "./budget.js";
export type { TemplateHost } from "./host.js";
export { Markup };

/** Positional arguments of a call. */
export type Args = readonly Value[];
/** Keyword arguments of a call, in the order written. */
export type Kwargs = ReadonlyMap<string, Value>;

export const noKwargs: Kwargs = new Map();

/** The rendering that a filter, test, method or global runs in. */
export interface EvalContext {
  /** True inside `{% autoescape true %}`: only there do filters make {@link Markup}. */
  readonly autoescape: boolean;
  readonly budget: Budget;
  readonly host: TemplateHost;
  /** The release of Salt that this is rendered as. */
  readonly salt: SaltRelease;
  /** The environment's `newline_sequence`: what `indent` and `wordwrap` put between lines. */
  readonly newline: string;
  /** Applies a filter by name. @throws PyError TemplateRuntimeError `No filter named 'x'.` */
  callFilter(name: string, value: Value, args?: Args, kwargs?: Kwargs): Value;
  /** Applies a test by name. @throws PyError TemplateRuntimeError `No test named 'x'.` */
  callTest(name: string, value: Value, args?: Args, kwargs?: Kwargs): boolean;
  /** Calls a value. @throws PyError TypeError `'str' object is not callable` */
  call(callee: Value, args?: Args, kwargs?: Kwargs): Value;
  /** Jinja's `environment.getitem`: the item, else the attribute of that name, else undefined. */
  getItem(object: Value, key: Value): Value;
  /** Jinja's `environment.getattr`: the attribute, else the item of that name, else undefined; unsafe names are refused. */
  getAttribute(object: Value, name: string): Value;
  /** All variables that the template sees at this point, for `show_full_context()`. */
  variables(): Dict;
  /** `environment.undefined(hint)`, or of a missing name or element. */
  undefined(of: UndefinedOf): Undefined;
}

/** Why a value is undefined: a hint in words, a missing name, or a missing attribute or element `name` of `object`. */
export interface UndefinedOf {
  readonly hint?: string;
  readonly object?: Value;
  readonly name?: Value;
  /** The class of the error raised when it is used; `SecurityError` for what the sandbox refuses. */
  readonly exception?: string;
}

/** Jinja's StrictUndefined: any use but `is defined` and `default` raises. */
export class Undefined extends PyObject {
  get typeName(): string {
    return "StrictUndefined";
  }
  constructor(readonly of: UndefinedOf) {
    super();
  }
  override get module(): string {
    return "jinja2.runtime";
  }
  get message(): string {
    const { hint, object, name = null } = this.of;
    if (hint) return hint;
    if (object === undefined) return `${repr(name)} is undefined`;
    if (typeof name !== "string") return `${objectType(object)} has no element ${repr(name)}`;
    return `${repr(objectType(object))} has no attribute ${repr(name)}`;
  }
  /** Raises the error that using it raises. */
  fail(): never {
    throw new PyError(this.of.exception ?? "UndefinedError", this.message);
  }
  override use(): never {
    return this.fail();
  }
  /** Python's default `repr` of the class stays usable: lists that hold an undefined print. */
  override repr(): string {
    return "Undefined";
  }
  override str(): string {
    return this.fail();
  }
  override truthy(): boolean {
    return this.fail();
  }
  override hash(): unknown {
    return this.fail();
  }
  override equals(_other: Value): boolean {
    return this.fail();
  }
  override iterate(): Iterable<Value> | undefined {
    return this.fail();
  }
  override length(): number | undefined {
    return this.fail();
  }
  override contains(_item: Value): boolean | undefined {
    return this.fail();
  }
  override item(): never {
    return this.fail();
  }
}

/** Jinja's plain Undefined: what a one-armed inline `if` gives. It prints as nothing, is false and empty. */
export class LenientUndefined extends Undefined {
  override get typeName(): string {
    return "Undefined";
  }
  override str(): string {
    return "";
  }
  override truthy(): boolean {
    return false;
  }
  override hash(): unknown {
    return "undefined";
  }
  override equals(other: Value): boolean {
    return other instanceof LenientUndefined;
  }
  override iterate(): Iterable<Value> {
    return [];
  }
  override contains(): boolean {
    return false;
  }
  override length(): number {
    return 0;
  }
}

/** Jinja's `object_type_repr`: `dict object`, `jinja2.utils.Namespace object`, `None`. */
export function objectType(value: Value): string {
  if (value === null) return "None";
  const module = value instanceof PyObject && value.module !== "builtins" ? `${value.module}.` : "";
  return `${module}${typeName(value)} object`;
}

/** Anything that a template can call. */
export abstract class Callable extends PyObject {
  abstract readonly name: string;
  /** What a call costs before it is made. */
  abstract readonly cost: Cost;

  /** Calls it, and charges what that costs. @throws PyError what Python raises */
  call(context: EvalContext, args: Args, kwargs: Kwargs): Value {
    chargeCall(context.budget, this.cost, this.owner(), args, kwargs);
    return this.run(context, args, kwargs);
  }

  protected abstract run(context: EvalContext, args: Args, kwargs: Kwargs): Value;

  /** Of a method its object, by which its cost goes. */
  protected owner(): Value {
    return null;
  }
}

/** A function of ours: a bound method, a global. */
export class NativeFunction extends Callable {
  readonly #body: (context: EvalContext, args: Args, kwargs: Kwargs) => Value;
  readonly #shown: string;

  constructor(
    readonly name: string,
    readonly cost: Cost,
    body: (context: EvalContext, args: Args, kwargs: Kwargs) => Value,
    readonly typeName: string = "builtin_function_or_method",
    shown = `<built-in function ${name}>`,
  ) {
    super();
    this.#body = body;
    this.#shown = shown;
  }
  override repr(): string {
    return this.#shown;
  }
  protected override run(context: EvalContext, args: Args, kwargs: Kwargs): Value {
    return this.#body(context, args, kwargs);
  }
}

/** What `namespace(…)` makes: the one object whose attributes `{% set ns.x = … %}` may set. */
export class Namespace extends PyObject {
  readonly typeName = "Namespace";
  readonly values: Dict;
  constructor(values: Dict = new Dict()) {
    super();
    this.values = values;
  }
  override get module(): string {
    return "jinja2.utils";
  }
  override repr(): string {
    return `<Namespace ${repr(this.values)}>`;
  }
  override attribute(name: string): Value | undefined {
    return this.values.get(name);
  }
}

/**
 * A filter or function that Salt has and that is never run here: it needs a network, a file, a process or chance.
 * The message says which, and what the person can do.
 */
export class NotRunError extends PyError {
  constructor(message: string) {
    super("NotRunError", message);
  }
}
