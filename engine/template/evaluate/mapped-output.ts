import type { Span } from "../../problem.js";
import type { MapSpan, SourceMap } from "../source-map.js";
import type { Output } from "./output.js";

/** A source map over spans that tile the output. */
export class OutputMap implements SourceMap {
  #made: readonly MapSpan[] | undefined;

  readonly #output: Output;
  readonly #source: string;

  constructor(output: Output, source: string) {
    this.#output = output;
    this.#source = source;
  }

  /** Made when first looked at: most renderings are for their text. */
  get spans(): readonly MapSpan[] {
    this.#made ??= this.#output.spans(this.#source);
    return this.#made;
  }

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
