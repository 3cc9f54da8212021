/** A place in a text as editors count it: both from 0, characters in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineRange {
  readonly start: Position;
  readonly end: Position;
}

/** Where the lines of one text begin. Made once per text; a lookup is a binary search. `\n`, `\r\n` and `\r` end lines. */
export class LineTable {
  readonly #starts: number[] = [0];

  constructor(readonly text: string) {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 10) this.#starts.push(index + 1);
      else if (code === 13 && text.charCodeAt(index + 1) !== 10) this.#starts.push(index + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The line that holds an offset, from 0. Offsets beyond the text belong to its last line. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(clamped);
    return { line, character: clamped - (this.#starts[line] as number) };
  }

  range(span: { readonly start: number; readonly end: number }): LineRange {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** Offset of the first character of a line; the end of the text for a line beyond it. */
  startOf(line: number): number {
    return line < this.#starts.length ? (this.#starts[line] as number) : this.text.length;
  }

  /** Offset behind the last character of a line, its line break not counted. */
  endOf(line: number): number {
    let end = this.startOf(line + 1);
    if (line + 1 < this.#starts.length) {
      if (this.text.charCodeAt(end - 1) === 10) end--;
      if (this.text.charCodeAt(end - 1) === 13) end--;
    }
    return end;
  }

  /** The text of a line without its line break; empty beyond the last. */
  lineText(line: number): string {
    return line < this.#starts.length ? this.text.slice(this.startOf(line), this.endOf(line)) : "";
  }
}
