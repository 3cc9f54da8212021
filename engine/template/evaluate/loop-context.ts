import { equal } from "../../value/equal.js";
import { PyError, type Value } from "../../value/types.js";
import { type Args, Callable, type EvalContext, type Kwargs, NativeFunction } from "../runtime.js";

/** The variable `loop` inside of a loop (jinja2.runtime.LoopContext). */
export class LoopContext extends Callable {
  readonly typeName = "LoopContext";
  readonly name = "loop";
  index0 = -1;
  private lastChanged: readonly Value[] | undefined;

  constructor(
    private readonly items: readonly Value[],
    private readonly depth0: number,
    /** Renders the loop again over other items; undefined unless the loop is recursive. */
    private readonly recurse: ((items: Value, depth0: number) => Value) | undefined,
    private readonly context: EvalContext,
  ) {
    super();
  }

  override get module(): string {
    return "jinja2.runtime";
  }

  override repr(): string {
    return `<LoopContext ${this.index0 + 1}/${this.items.length}>`;
  }

  override length(): number {
    return this.items.length;
  }

  override attribute(name: string): Value | undefined {
    const { index0, items } = this;
    switch (name) {
      case "index":
        return index0 + 1;
      case "index0":
        return index0;
      case "revindex":
        return items.length - index0;
      case "revindex0":
        return items.length - index0 - 1;
      case "first":
        return index0 === 0;
      case "last":
        return index0 === items.length - 1;
      case "length":
        return items.length;
      case "depth":
        return this.depth0 + 1;
      case "depth0":
        return this.depth0;
      case "previtem":
        return items[index0 - 1] ?? this.context.undefined({ hint: "there is no previous item" });
      case "nextitem":
        return items[index0 + 1] ?? this.context.undefined({ hint: "there is no next item" });
      case "cycle":
        return new NativeFunction("cycle", (_, args) => this.cycle(args), "method");
      case "changed":
        return new NativeFunction("changed", (_, args) => this.changed(args), "method");
      default:
        return undefined;
    }
  }

  override call(_context: EvalContext, args: Args, kwargs: Kwargs): Value {
    if (!this.recurse) {
      throw new PyError("TypeError", "The loop must have the 'recursive' marker to be called recursively.");
    }
    const items = args[0] ?? kwargs.get("iterable");
    if (items === undefined) {
      throw new PyError("TypeError", "LoopContext.__call__() missing 1 required positional argument: 'iterable'");
    }
    return this.recurse(items, this.depth0 + 1);
  }

  private cycle(args: Args): Value {
    if (args.length === 0) throw new PyError("TypeError", "no items for cycling given");
    return args[this.index0 % args.length] as Value;
  }

  private changed(args: Args): boolean {
    const last = this.lastChanged;
    if (last && last.length === args.length && last.every((value, index) => equal(value, args[index] as Value))) {
      return false;
    }
    this.lastChanged = [...args];
    return true;
  }
}
