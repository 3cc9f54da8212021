import { PyObject, type Value } from "./types.js";

/**
 * A Python iterator or generator: gives each item once. What lazy filters answer, so that a second loop over
 * `items|map('upper')` finds nothing, as in Python, and an error in an item is raised when the item is asked for.
 */
export class PyIterator extends PyObject {
  readonly #source: Iterator<Value>;
  /** The name that Python's `repr` of a generator shows. */
  readonly #name: string | undefined;

  constructor(
    items: Iterable<Value>,
    readonly typeName = "generator",
    name?: string,
  ) {
    super();
    this.#name = name;
    this.#source = items[Symbol.iterator]();
  }
  override repr(): string {
    // Python shows an address, different each time.
    const name = this.#name ? ` ${this.#name}` : "";
    return `<${this.typeName} object${name} at 0x7f0000000000>`;
  }
  next(): Value | undefined {
    const result = this.#source.next();
    return result.done ? undefined : result.value;
  }
  override *iterate(): Iterable<Value> {
    for (let item = this.next(); item !== undefined; item = this.next()) yield item;
  }
}
