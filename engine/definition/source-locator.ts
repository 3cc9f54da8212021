import type { Span } from "../problem.js";
import type { MapSpan, SourceMap } from "../template/source-map.js";

/**
 * Finds the place in a definition's source for a range of its rendered text. Two questions have different answers for
 * a value that a loop put there: where is it *written* (the line that prints it), and where does it *come from* (the
 * loop's item).
 */
export class SourceLocator {
  readonly #shift: number | undefined;

  readonly #map: SourceMap | undefined;

  constructor(
    readonly source: string,
    rendered: string,
    map: SourceMap | undefined,
  ) {
    this.#map = map;
    // Without a template stage the rendered text is the source, or the part of it behind the `#!` line.
    this.#shift = map ? undefined : source.length - rendered.length;
  }

  /** The text between the braces belongs to the place, and so do the braces. */
  written(output: Span): Span {
    const pieces = this.#pieces(output);
    if (!pieces.length) return this.#fallback(output);
    let start = Number.POSITIVE_INFINITY;
    let end = -1;
    let last = -1;
    for (const piece of pieces) {
      const place = this.#placeOf(piece, output);
      // A macro or an earlier loop turn made part of it: there is no one range, the first piece stands for all.
      if (place.start < last) return this.#placeOf(pieces[0] as MapSpan, output);
      last = place.start;
      start = Math.min(start, place.start);
      end = Math.max(end, place.end);
    }
    return { start, end };
  }

  /** The literal that a template took the text from, when one literal alone gave the part that is not literal text. */
  origin(output: Span): Span | undefined {
    const values = this.#pieces(output).filter((piece) => piece.kind === "value");
    const [only] = values;
    return values.length === 1 && only?.file === undefined ? only?.origin : undefined;
  }

  /** The item of the innermost loop that was running, when the template spells it out. */
  loopItem(output: Span): Span | undefined {
    const piece = this.#pieces(output).find((candidate) => candidate.kind === "value") ?? this.#pieces(output)[0];
    return piece?.frames.findLast((frame) => frame.kind === "loop" && frame.file === undefined && frame.item)?.item;
  }

  /** Where a person would look first: the literal a value came from, else where it is written. */
  displaySpan(output: Span): Span {
    return this.origin(output) ?? this.written(output);
  }

  /** Whether every character of the range stands as it is in the source, in one piece: then an edit there is sure to do what it says. */
  isLiteral(output: Span): boolean {
    if (this.#shift !== undefined) return true;
    const pieces = this.#pieces(output);
    return pieces.length === 1 && pieces[0]?.kind === "literal" && pieces[0].file === undefined;
  }

  /** Whether the range was printed by this file and not by an imported template or a macro's body elsewhere. */
  isInFile(output: Span): boolean {
    return this.#shift !== undefined || this.#pieces(output).every((piece) => piece.file === undefined);
  }

  #pieces(output: Span): MapSpan[] {
    const spans = this.#map?.spans;
    if (!spans?.length) return [];
    let low = 0;
    let high = spans.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle] as MapSpan).output.end <= output.start) low = middle + 1;
      else high = middle;
    }
    const found: MapSpan[] = [];
    const end = Math.max(output.end, output.start + 1);
    for (let index = low; index < spans.length; index++) {
      const span = spans[index] as MapSpan;
      if (span.output.start >= end) break;
      if (span.output.end > output.start) found.push(span);
    }
    return found;
  }

  #placeOf(piece: MapSpan, output: Span): Span {
    if (piece.file !== undefined) {
      const inFile = piece.frames.find((frame) => frame.file === undefined);
      return inFile?.source ?? { start: 0, end: 0 };
    }
    if (piece.kind === "value") return withBraces(this.source, piece.source);
    const start = piece.source.start + Math.max(0, output.start - piece.output.start);
    const end = piece.source.end - Math.max(0, piece.output.end - output.end);
    return { start, end: Math.max(start, end) };
  }

  #fallback(output: Span): Span {
    if (this.#shift !== undefined) return { start: output.start + this.#shift, end: output.end + this.#shift };
    return this.#map?.toSource(output) ?? { start: 0, end: 0 };
  }
}

/** The whole `{{ … }}` around an expression; the expression itself where it stands in something else. */
function withBraces(source: string, expression: Span): Span {
  let start = expression.start;
  let end = expression.end;
  while (start > 0 && /[\s(]/.test(source[start - 1] as string)) start--;
  if (/[-+]/.test(source[start - 1] ?? "") && source.slice(start - 3, start - 1) === "{{") start--;
  while (end < source.length && /[\s)]/.test(source[end] as string)) end++;
  if (/[-+]/.test(source[end] ?? "") && source.slice(end + 1, end + 3) === "}}") end++;
  if (source.slice(start - 2, start) !== "{{" || source.slice(end, end + 2) !== "}}") return expression;
  return { start: start - 2, end: end + 2 };
}
