import type { Span } from "../../problem.js";
import type { MapFrame, MapSpan } from "../source-map.js";
import type { Origin } from "./origins.js";

/** Text that is being rendered, with what made each piece of it when a map is wanted. */
export class Output {
  private readonly pieces: string[] = [];
  readonly spans: MapSpan[] = [];
  length = 0;

  constructor(readonly mapped: boolean) {}

  get text(): string {
    return this.pieces.join("");
  }

  literal(text: string, source: Span, file: string | undefined, frames: readonly MapFrame[]): void {
    this.add(text, { kind: "literal", source: { start: source.start, end: source.end } }, file, frames);
  }

  value(
    text: string,
    source: Span,
    origin: Origin | undefined,
    file: string | undefined,
    frames: readonly MapFrame[],
  ): void {
    const place = { kind: "value" as const, source: { start: source.start, end: source.end } };
    const known = origin && origin.file === undefined ? { start: origin.start, end: origin.end } : undefined;
    this.add(text, known ? { ...place, origin: known } : place, file, frames);
  }

  private add(
    text: string,
    place: Pick<MapSpan, "kind" | "source" | "origin">,
    file: string | undefined,
    frames: readonly MapFrame[],
  ): void {
    if (text === "") return;
    this.pieces.push(text);
    const start = this.length;
    this.length += text.length;
    if (!this.mapped) return;
    const span = { output: { start, end: this.length }, ...place, frames };
    this.spans.push(file === undefined ? span : { ...span, file });
  }

  /** The same with `\r\n` for each `\n`; every span keeps what made it. */
  withWindowsNewlines(): Output {
    const result = new Output(this.mapped);
    for (const [index, piece] of this.pieces.entries()) {
      const text = piece.replaceAll("\n", "\r\n");
      const start = result.length;
      result.pieces.push(text);
      result.length += text.length;
      const span = this.spans[index];
      if (span) result.spans.push({ ...span, output: { start, end: result.length } });
    }
    return result;
  }

  /** Takes over what another output holds; its spans know their frames already. */
  append(other: Output): void {
    if (other.length === 0) return;
    for (const piece of other.pieces) this.pieces.push(piece);
    const shift = this.length;
    this.length += other.length;
    if (!this.mapped) return;
    for (const span of other.spans) {
      const output = { start: span.output.start + shift, end: span.output.end + shift };
      this.spans.push({ ...span, output });
    }
  }
}
