import { PyError, PyObject, Tuple, type Value } from "../../value/types.js";
import { type Args, Callable, type EvalContext, type Kwargs, NativeFunction } from "../runtime.js";
import { Signature } from "../signature.js";

/** A method of an object that Jinja wrote in Python: takes no arguments. */
function method(owner: PyObject, className: string, name: string, body: () => Value): NativeFunction {
  const signature = new Signature(`${className}.${name}(@self)`);
  return new NativeFunction(
    name,
    "constant",
    (_, args, kwargs) => {
      signature.bind(args, kwargs);
      return body();
    },
    "method",
    `<bound method ${className}.${name} of ${owner.repr()}>`,
  );
}

/** What `cycler(…)` makes: gives its items in turn. */
export class Cycler extends PyObject {
  readonly typeName = "Cycler";
  #position = 0;
  readonly #items: readonly Value[];
  constructor(items: readonly Value[]) {
    super();
    this.#items = items;
    if (items.length === 0) throw new PyError("RuntimeError", "at least one item has to be provided");
  }
  override get module(): string {
    return "jinja2.utils";
  }
  override repr(): string {
    return "<jinja2.utils.Cycler object at 0x7f0000000000>";
  }
  get #current(): Value {
    return this.#items[this.#position] as Value;
  }
  #next(): Value {
    const item = this.#current;
    this.#position = (this.#position + 1) % this.#items.length;
    return item;
  }
  override attribute(name: string): Value | undefined {
    switch (name) {
      case "current":
        return this.#current;
      case "pos":
        return this.#position;
      case "items":
        return new Tuple(this.#items);
      case "next":
        return method(this, "Cycler", "next", () => this.#next());
      case "reset":
        return method(this, "Cycler", "reset", () => {
          this.#position = 0;
          return null;
        });
      default:
        return undefined;
    }
  }
}

const joinerCall = new Signature("Joiner.__call__(@self)");

/** What `joiner(…)` makes: nothing the first time it is called, then the separator. */
export class Joiner extends Callable {
  readonly typeName = "Joiner";
  readonly cost = "constant";
  readonly name = "Joiner";
  #used = false;
  readonly #separator: Value;
  constructor(separator: Value) {
    super();
    this.#separator = separator;
  }
  override get module(): string {
    return "jinja2.utils";
  }
  override repr(): string {
    return "<jinja2.utils.Joiner object at 0x7f0000000000>";
  }
  protected override run(_: EvalContext, args: Args, kwargs: Kwargs): Value {
    joinerCall.bind(args, kwargs);
    if (this.#used) return this.#separator;
    this.#used = true;
    return "";
  }
  override attribute(name: string): Value | undefined {
    if (name === "sep") return this.#separator;
    return name === "used" ? this.#used : undefined;
  }
}
