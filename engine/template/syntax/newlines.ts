import type { Span } from "../../problem.js";

/**
 * A source as Jinja's lexer sees it: without the line that sets options, every line break `\n`, the last one dropped.
 * Offsets lead back to the source.
 */
export class NormalizedSource {
  readonly text: string;
  /** Offset in `text` where the header was. */
  readonly seam: number | undefined;
  /** Offsets in `text` of the line breaks that are two characters in the source. */
  readonly #pairs: readonly number[];
  readonly #header: Span | undefined;

  constructor(
    readonly source: string,
    keepTrailingNewline: boolean,
    header?: Span,
  ) {
    const pairs: number[] = [];
    let text = header ? source.slice(0, header.start) + source.slice(header.end) : source;
    if (text.includes("\r")) {
      text = text.replace(/\r\n?/g, (found, offset: number) => {
        if (found.length === 2) pairs.push(offset - pairs.length);
        return "\n";
      });
    }
    this.#pairs = pairs;
    this.#header = header;
    this.text = !keepTrailingNewline && text.endsWith("\n") ? text.slice(0, -1) : text;
    this.seam = header && header.start - pairs.filter((offset) => offset < header.start).length;
  }

  /** The offset in the source; a line break of two characters starts at its first and ends behind its second. */
  toSource(offset: number): number {
    const plain = offset + this.#pairsBefore(offset);
    const header = this.#header;
    return header && plain >= header.start ? plain + header.end - header.start : plain;
  }

  /** As `toSource`, for the end of something: what ends where the header begins does not reach over it. */
  endToSource(offset: number): number {
    return offset > 0 && offset === this.seam ? offset + this.#pairsBefore(offset) : this.toSource(offset);
  }

  #pairsBefore(offset: number): number {
    const pairs = this.#pairs;
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
