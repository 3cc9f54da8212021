import { equal } from "../../value/equal.js";
import { sizeOf } from "../../value/operators.js";
import { PyError, type Value } from "../../value/types.js";
import { type Args, Callable, type EvalContext, type Kwargs, NativeFunction } from "../runtime.js";
import type { Origin } from "./origins.js";

/** One item of a loop, and where it was written. */
export interface LoopItem {
  readonly value: Value;
  readonly origin: Origin | undefined;
}

/**
 * The variable `loop` inside of a loop, and its way through the items (jinja2.runtime.LoopContext). Items are taken one by
 * one, so that a list that grows meanwhile is followed to its end; only `last`, `nextitem` and `length` look ahead.
 */
export class LoopContext extends Callable {
  readonly typeName = "LoopContext";
  // Its statements are counted one by one.
  readonly cost = "counted";
  readonly name = "loop";
  #index0 = -1;
  #before: Value | undefined;
  #current: Value | undefined;
  #ahead: LoopItem | undefined;
  #size: number | undefined;
  #lastChanged: readonly Value[] | undefined;

  #items: Iterator<LoopItem>;
  /** What is looped over, when its length is the loop's. */
  readonly #sized: Value | undefined;
  readonly #depth0: number;
  /** Renders the loop again over other items; undefined unless the loop is recursive. */
  readonly #recurse: ((items: Value, depth0: number) => Value) | undefined;
  readonly #context: EvalContext;

  constructor(
    items: Iterator<LoopItem>,
    sized: Value | undefined,
    depth0: number,
    recurse: ((items: Value, depth0: number) => Value) | undefined,
    context: EvalContext,
  ) {
    super();
    this.#items = items;
    this.#sized = sized;
    this.#depth0 = depth0;
    this.#recurse = recurse;
    this.#context = context;
  }

  override get module(): string {
    return "jinja2.runtime";
  }

  override repr(): string {
    return `<LoopContext ${this.#index0 + 1}/${this.length()}>`;
  }

  /** Goes on to the next item; undefined at the end. */
  next(): LoopItem | undefined {
    const item = this.#peek();
    this.#ahead = undefined;
    if (!item) return undefined;
    this.#index0 += 1;
    this.#before = this.#current;
    this.#current = item.value;
    return item;
  }

  #peek(): LoopItem | undefined {
    if (!this.#ahead) {
      const result = this.#items.next();
      if (!result.done) this.#ahead = result.value;
    }
    return this.#ahead;
  }

  /** Of something without a length, the rest is taken at once. */
  override length(): number {
    this.#size ??= this.#sized === undefined ? undefined : sizeOf(this.#sized);
    if (this.#size === undefined) {
      const rest: LoopItem[] = [];
      for (let result = this.#items.next(); !result.done; result = this.#items.next()) {
        this.#context.budget.step();
        rest.push(result.value);
      }
      this.#items = rest.values();
      this.#size = rest.length + this.#index0 + 1 + (this.#ahead ? 1 : 0);
    }
    return this.#size;
  }

  override attribute(name: string): Value | undefined {
    const index0 = this.#index0;
    switch (name) {
      case "index":
        return index0 + 1;
      case "index0":
        return index0;
      case "revindex":
        return this.length() - index0;
      case "revindex0":
        return this.length() - index0 - 1;
      case "first":
        return index0 === 0;
      case "last":
        return this.#peek() === undefined;
      case "length":
        return this.length();
      case "depth":
        return this.#depth0 + 1;
      case "depth0":
        return this.#depth0;
      case "previtem":
        return index0 === 0 ? this.#context.undefined({ hint: "there is no previous item" }) : this.#before;
      case "nextitem":
        return this.#nextItem();
      case "cycle":
        return new NativeFunction("cycle", "linear", (_, args) => this.#cycle(args), "method");
      case "changed":
        return new NativeFunction("changed", "counted", (_, args) => this.#changed(args), "method");
      default:
        return undefined;
    }
  }

  #nextItem(): Value {
    const item = this.#peek();
    return item ? item.value : this.#context.undefined({ hint: "there is no next item" });
  }

  protected override run(_context: EvalContext, args: Args, kwargs: Kwargs): Value {
    const items = args.length > 0 ? args[0] : kwargs.get("iterable");
    if (items === undefined) {
      throw new PyError("TypeError", "LoopContext.__call__() missing 1 required positional argument: 'iterable'");
    }
    if (args.length > 1) {
      const given = args.length + 1;
      throw new PyError("TypeError", `LoopContext.__call__() takes 2 positional arguments but ${given} were given`);
    }
    if (!this.#recurse) {
      throw new PyError("TypeError", "The loop must have the 'recursive' marker to be called recursively.");
    }
    return this.#recurse(items, this.#depth0 + 1);
  }

  #cycle(args: Args): Value {
    if (args.length === 0) throw new PyError("TypeError", "no items for cycling given");
    return args[this.#index0 % args.length] as Value;
  }

  #changed(args: Args): boolean {
    const last = this.#lastChanged;
    const same = (value: Value, index: number) => value === args[index] || equal(value, args[index] as Value);
    if (last && last.length === args.length && last.every(same)) return false;
    this.#lastChanged = [...args];
    return true;
  }
}
