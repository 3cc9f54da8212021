/**
 * A source as Jinja's lexer sees it: every line break is `\n`, the last one dropped. Offsets lead back to the source.
 */
export class NormalizedSource {
  readonly text: string;
  /** Offsets in `text` of the line breaks that are two characters in the source. */
  readonly #pairs: readonly number[];

  constructor(
    readonly source: string,
    keepTrailingNewline: boolean,
  ) {
    const pairs: number[] = [];
    let text = source;
    if (source.includes("\r")) {
      text = source.replace(/\r\n?/g, (found, offset: number) => {
        if (found.length === 2) pairs.push(offset - pairs.length);
        return "\n";
      });
    }
    this.#pairs = pairs;
    this.text = !keepTrailingNewline && text.endsWith("\n") ? text.slice(0, -1) : text;
  }

  /** True when text and source have the same offsets. */
  get isPlain(): boolean {
    return this.#pairs.length === 0;
  }

  /** The offset in the source; a line break of two characters starts at its first and ends behind its second. */
  toSource(offset: number): number {
    const pairs = this.#pairs;
    if (pairs.length === 0) return offset;
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  }
}
