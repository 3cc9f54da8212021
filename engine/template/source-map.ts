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

/** A source map over spans that tile the output. */
export abstract class TiledMap implements SourceMap {
  abstract readonly spans: readonly MapSpan[];

  at(offset: number): MapSpan | undefined {
    return this.spans[this.#indexAt(offset)];
  }

  /**
   * A range of text alone is that very range. Where a value takes part, it is what people must look at: the literal it
   * was taken from, or the expression. A range of several lines reaches from where its first piece was made to its last.
   */
  toSource(output: Span): Span {
    const first = this.#indexAt(output.start);
    const last = output.end > output.start ? this.#indexAt(output.end - 1) : first;
    const spans = this.spans.slice(first, last + 1);
    const [start] = spans;
    const end = spans.at(-1);
    if (!start || !end) return { start: 0, end: 0 };
    const value = spans.find((span) => span.kind === "value");
    if (value && spans.length <= 5) return placeOf(value);
    const from = pointIn(start, output.start);
    const to = pointIn(end, output.end);
    return to >= from ? { start: from, end: to } : placeOf(start);
  }

  #indexAt(offset: number): number {
    let low = 0;
    let high = this.spans.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.spans[middle] as MapSpan).output.end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A map of spans that are made already. */
export class SpanMap extends TiledMap {
  constructor(readonly spans: readonly MapSpan[]) {
    super();
  }
}

/** What to show of a span, in the file itself: what an imported template made is shown where it was called. */
function placeOf(span: MapSpan): Span {
  if (span.origin) return span.origin;
  if (span.file === undefined) return span.source;
  return span.frames.find((frame) => frame.file === undefined)?.source ?? { start: 0, end: 0 };
}

/** The offset in the file that an output offset stands for. */
function pointIn(span: MapSpan, offset: number): number {
  if (span.kind === "literal" && span.file === undefined) {
    return span.source.start + Math.min(offset - span.output.start, span.source.end - span.source.start);
  }
  const place = placeOf(span);
  return offset > span.output.start ? place.end : place.start;
}
