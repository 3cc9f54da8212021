import type { Span } from "../problem.js";

/** One loop iteration or macro call that was active when a piece of output was made. */
export interface MapFrame {
  readonly kind: "loop" | "macro" | "include";
  /** The `for`, `call` or `include` in the template. */
  readonly source: Span;
  /** Of a loop: which iteration, from 0. */
  readonly iteration?: number;
  /** Of a loop: the literal that gave the item (a list element, a dict entry, an item of a load_yaml block). */
  readonly item?: Span;
  /** The imported template that `source` lies in; absent for the file itself. */
  readonly file?: string;
}

/** A piece of output and what made it. */
export interface MapSpan {
  readonly output: Span;
  /** Literal text: the very same characters. Value: the expression between the braces. */
  readonly source: Span;
  readonly kind: "literal" | "value";
  /** The literal that the value was taken from, when it was taken from one unchanged. */
  readonly origin?: Span;
  /** The imported template that `source` lies in; absent for the file itself. */
  readonly file?: string;
  readonly frames: readonly MapFrame[];
}

/** Where each rendered character came from. `spans` tile the output: in order, without gap or overlap. */
export interface SourceMap {
  readonly spans: readonly MapSpan[];
  /** The span that holds an output offset (binary search); the last one for the end of the output. */
  at(offset: number): MapSpan | undefined;
  /** The source range for an output range, in the file itself: the part that is most telling to point at. */
  toSource(output: Span): Span;
}
