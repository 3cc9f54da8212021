import type { Span } from "../../problem.js";
import type { PyError, Value } from "../../value/types.js";
import { type Args, Undefined } from "../runtime.js";
import type { ArgumentOrigins, Origin, Origins } from "./origins.js";
import type { Output } from "./output.js";

/** A place that an error is shown at. */
export interface Place extends Span {
  readonly line: number;
}

/** Where the values that a rendering has made last came from: what its source map and its errors point at. */
export class Provenance {
  readonly #origins: Origins;
  #element: { container: Value; key: Value } | undefined;
  #captured: Output | undefined;
  #arguments: ArgumentOrigins | undefined;
  #undefined: { value: Undefined; place: Place } | undefined;

  constructor(origins: Origins) {
    this.#origins = origins;
  }

  /** An item or attribute has been looked up. */
  noteElement(container: Value, key: Value): void {
    this.#element = { container, key };
  }

  /** Where the item or attribute that was looked up last was written. */
  elementOrigin(): Origin | undefined {
    return this.#element && this.#origins.ofElement(this.#element.container, this.#element.key);
  }

  /** A macro or a recursive loop has returned its output as a text; undefined before an expression that may call one. */
  noteCaptured(output: Output | undefined): void {
    this.#captured = output;
  }

  /** The output that became this text, once: its places are kept when the text is printed. */
  takeCaptured(text: string): Output | undefined {
    const output = this.#captured;
    this.#captured = undefined;
    return output?.text === text ? output : undefined;
  }

  /** The arguments of a call have been evaluated. */
  noteArguments(origins: ArgumentOrigins): void {
    this.#arguments = origins;
  }

  /** Where the arguments of this call were written. */
  argumentOrigins(args: Args): ArgumentOrigins | undefined {
    return this.#arguments?.args === args ? this.#arguments : undefined;
  }

  /** Remembers which node made an undefined value, so that its use is reported there. */
  noteUndefined(value: Value, place: Place): Value {
    if (value instanceof Undefined) this.#undefined = { value, place };
    return value;
  }

  /** Which node made the undefined value that this error is about. */
  undefinedPlace(error: PyError): Place | undefined {
    return error.message === this.#undefined?.value.message ? this.#undefined?.place : undefined;
  }
}
