import { equal } from "./equal.js";
import { iterate } from "./iterate.js";
import type { Meter } from "./meter.js";
import { repr } from "./repr.js";
import { type Dict, OrderedDict, PyError, PyObject, PySet, Tuple, type Value } from "./types.js";

/** What `dict.keys()`, `.values()` and `.items()` answer: a live window on the dict. */
export class DictView extends PyObject {
  constructor(
    readonly dict: Dict,
    readonly kind: "keys" | "values" | "items",
  ) {
    super();
  }
  get typeName(): string {
    return `${this.dict instanceof OrderedDict ? "odict" : "dict"}_${this.kind}`;
  }
  override repr(): string {
    return `${this.typeName}(${repr([...this.#items()])})`;
  }
  override truthy(): boolean {
    return this.dict.size > 0;
  }
  override length(): number {
    return this.dict.size;
  }
  override *iterate(): Iterable<Value> {
    let index = 0;
    const values = this.#items();
    for (const _ of iterate(this.dict)) {
      yield values[index] as Value;
      index += 1;
    }
  }
  #items(): Value[] {
    if (this.kind === "keys") return [...this.dict.keys()];
    if (this.kind === "values") return [...this.dict.values()];
    return Array.from(this.dict, (pair) => new Tuple(pair));
  }
  override contains(item: Value): boolean {
    if (this.kind === "keys") return this.dict.has(item);
    if (this.kind === "values") return this.#items().some((other) => other === item || equal(other, item));
    if (!(item instanceof Tuple) || item.items.length !== 2) return false;
    const value = this.dict.get(item.items[0] as Value);
    return value !== undefined && equal(value, item.items[1] as Value);
  }
  override equals(other: Value): boolean {
    if (this.kind === "values") return this === other;
    const others = other instanceof DictView && other.kind !== "values" ? other : other instanceof PySet ? other : null;
    if (others === null) return false;
    const [mine, theirs] = [this.#items(), others instanceof PySet ? [...others] : others.#items()];
    return mine.length === theirs.length && theirs.every((item) => this.contains(item));
  }
  override hash(): unknown {
    if (this.kind === "values") return this;
    throw new PyError("TypeError", `unhashable type: '${this.typeName}'`);
  }
  /** Keys and items are sets to `-`; `&`, `|` and `^` are not operators of a template. */
  override operate(operator: string, other: Value, reflected: boolean, meter: Meter): Value | undefined {
    if (operator !== "-" || this.kind === "values") return undefined;
    meter.allocate(this.dict.size);
    const [left, right] = reflected ? [iterate(other), this.#items()] : [this.#items(), iterate(other)];
    const taken = PySet.from(right);
    return PySet.from([...left].filter((item) => !taken.has(item)));
  }
}
