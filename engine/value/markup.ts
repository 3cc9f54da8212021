import { equal } from "./equal.js";
import type { Meter } from "./meter.js";
import { formatPercent } from "./percent-format.js";
import { repr, str } from "./repr.js";
import { PyText, type Value } from "./types.js";

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ["'", "&#39;"],
  ['"', "&#34;"],
]);

/** A plain text with the five characters of HTML written as entities. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => entities.get(character) as string);
}

/** markupsafe's `escape`: what is Markup already stays as it is. */
export function escapeValue(value: Value): Markup {
  return value instanceof Markup ? value : new Markup(escapeHtml(str(value)));
}

/** markupsafe's `Markup`: a str that is known to be safe HTML. Equal to, and the same dict key as, the plain str. */
export class Markup extends PyText {
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
  /** What is joined to Markup is escaped first. */
  override operate(operator: string, other: Value, reflected: boolean, meter: Meter): Value | undefined {
    if (operator === "+" && (typeof other === "string" || other instanceof Markup)) {
      const text = escapeValue(other).text;
      meter.allocate(this.text.length + text.length);
      return new Markup(reflected ? text + this.text : this.text + text);
    }
    if (operator === "*" && (typeof other === "number" || typeof other === "boolean")) {
      const count = Math.max(0, Number(other));
      meter.allocate(this.text.length * count);
      return new Markup(this.text === "" ? "" : this.text.repeat(count));
    }
    if (operator === "%") {
      if (!reflected) return new Markup(formatPercent(this.text, other, meter, escaping));
      if (typeof other === "string") return formatPercent(other, this, meter);
    }
    return undefined;
  }
}

const escaping = {
  str: (value: Value) => escapeValue(value).text,
  repr: (value: Value) => escapeHtml(repr(value)),
};
