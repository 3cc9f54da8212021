import { equal } from "./equal.js";
import { isInteger, plainInt } from "./numbers.js";
import { offset, Slice } from "./subscript.js";
import { PyError, PyObject, typeName, type Value } from "./types.js";

/** What `range(…)` makes. */
export class Range extends PyObject {
  readonly typeName = "range";
  readonly size: number;

  /** @throws PyError ValueError `range() arg 3 must not be zero` */
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super();
    if (step === 0) throw new PyError("ValueError", "range() arg 3 must not be zero");
    this.size = Math.max(0, Math.ceil((stop - start) / step));
  }
  override repr(): string {
    const step = this.step === 1 ? "" : `, ${this.step}`;
    return `range(${this.start}, ${this.stop}${step})`;
  }
  override truthy(): boolean {
    return this.size > 0;
  }
  override length(): number {
    return this.size;
  }
  at(index: number): number {
    return this.start + index * this.step;
  }
  override *iterate(): Iterable<Value> {
    for (let index = 0; index < this.size; index += 1) yield this.at(index);
  }
  /** The position of a number in the range, -1 when it is not there. */
  indexOf(value: Value): number {
    if (!isInteger(value)) {
      for (let index = 0; index < this.size; index += 1) if (equal(this.at(index), value)) return index;
      return -1;
    }
    const index = (Number(plainInt(value)) - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.size ? index : -1;
  }
  override contains(item: Value): boolean {
    return this.indexOf(item) >= 0;
  }
  override item(key: Value): Value {
    if (key instanceof Slice) {
      const { start, stop, step } = key.indices(this.size);
      return new Range(this.at(start), this.at(stop), step * this.step);
    }
    if (!isInteger(key)) {
      throw new PyError("TypeError", `range indices must be integers or slices, not ${typeName(key)}`);
    }
    const index = offset(key, this.size);
    if (index < 0) throw new PyError("IndexError", "range object index out of range");
    return this.at(index);
  }
  override hash(): unknown {
    return this.repr();
  }
  override equals(other: Value): boolean {
    if (!(other instanceof Range) || other.size !== this.size) return false;
    return this.size === 0 || (this.start === other.start && (this.size === 1 || this.step === other.step));
  }
}
