import { equal } from "./equal.js";
import { repr } from "./repr.js";
import { PyObject, type Value } from "./types.js";

/** markupsafe's `Markup`: a str that is known to be safe HTML. Equal to, and the same dict key as, the plain str. */
export class Markup extends PyObject {
  readonly typeName = "Markup";
  constructor(readonly text: string) {
    super();
  }
  override get module(): string {
    return "markupsafe";
  }
  override repr(): string {
    return `Markup(${repr(this.text)})`;
  }
  override str(): string {
    return this.text;
  }
  override truthy(): boolean {
    return this.text !== "";
  }
  override hash(): unknown {
    return this.text.charCodeAt(0) === 0 ? `\0s${this.text}` : this.text;
  }
  override equals(other: Value): boolean {
    return equal(this.text, other instanceof Markup ? other.text : other);
  }
  override length(): number {
    let count = 0;
    for (const _ of this.text) count += 1;
    return count;
  }
  override iterate(): Iterable<Value> {
    return this.text;
  }
}
