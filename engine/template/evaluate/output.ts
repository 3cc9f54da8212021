import type { Span } from "../../problem.js";
import type { MapSpan } from "../source-map.js";
import { type FrameChain, plain } from "./frame-chain.js";
import type { Origin } from "./origins.js";

/** What made a piece of output. */
interface Piece {
  readonly end: number;
  readonly kind: MapSpan["kind"];
  /** The node that made it, or its span. */
  readonly source: Span;
  readonly origin: Origin | undefined;
  readonly file: string | undefined;
  readonly chain: FrameChain | undefined;
}

/** Text that is being rendered, with what made each piece of it when a map is wanted. */
export class Output {
  text = "";
  readonly #pieces: Piece[] = [];

  constructor(readonly mapped: boolean) {}

  literal(text: string, source: Span, file: string | undefined, chain: FrameChain | undefined): void {
    if (text === "") return;
    this.text += text;
    if (this.mapped)
      this.#pieces.push({ end: this.text.length, kind: "literal", source, origin: undefined, file, chain });
  }

  value(
    text: string,
    source: Span,
    origin: Origin | undefined,
    file: string | undefined,
    chain: FrameChain | undefined,
  ): void {
    if (text === "") return;
    this.text += text;
    if (this.mapped) this.#pieces.push({ end: this.text.length, kind: "value", source, origin, file, chain });
  }

  /** Takes over what another output holds; its pieces know their frames already. */
  append(other: Output): void {
    const shift = this.text.length;
    this.text += other.text;
    for (const piece of other.#pieces) this.#pieces.push({ ...piece, end: piece.end + shift });
  }

  /** The same with `\r\n` for each `\n`; every piece keeps what made it. */
  withWindowsNewlines(): Output {
    const result = new Output(this.mapped);
    let start = 0;
    for (const piece of this.#pieces) {
      result.text += this.text.slice(start, piece.end).replaceAll("\n", "\r\n");
      result.#pieces.push({ ...piece, end: result.text.length });
      start = piece.end;
    }
    if (!this.mapped) result.text = this.text.replaceAll("\n", "\r\n");
    return result;
  }

  /** The spans of a map: they tile the text. A literal that reads `\r\n` in the source is told apart line by line. */
  spans(source: string): MapSpan[] {
    const spans: MapSpan[] = [];
    let start = 0;
    for (const piece of this.#pieces) {
      const frames = piece.chain?.frames ?? [];
      for (const [output, place] of this.#parts(piece, start, source)) {
        const span: { -readonly [K in keyof MapSpan]: MapSpan[K] } = {
          output,
          source: place,
          kind: piece.kind,
          frames,
        };
        if (piece.origin && piece.origin.file === undefined) span.origin = plain(piece.origin);
        if (piece.file !== undefined) span.file = piece.file;
        spans.push(span);
      }
      start = piece.end;
    }
    return spans;
  }

  /** Where the output of a literal has lost the carriage returns of its source, each of its lines is a span of its own. */
  #parts({ end, kind, source, file }: Piece, start: number, text: string): [Span, Span][] {
    const isWritten = () => text.slice(source.start, source.end) === this.text.slice(start, end);
    if (kind === "value" || file !== undefined || !text.includes("\r") || isWritten())
      return [[{ start, end }, plain(source)]];
    const parts: [Span, Span][] = [];
    let from = start;
    let at = source.start;
    while (from < end) {
      const carriage = text.indexOf("\r", at);
      const length = carriage < 0 ? end - from : Math.min(end - from, carriage - at);
      if (length > 0)
        parts.push([
          { start: from, end: from + length },
          { start: at, end: at + length },
        ]);
      from += length;
      at = carriage + (text[carriage + 1] === "\n" ? 1 : 0);
      if (length === 0 && text[at] !== "\n") {
        parts.push([
          { start: from, end: from + 1 },
          { start: at, end: at + 1 },
        ]);
        from += 1;
        at += 1;
      }
    }
    return parts;
  }
}
