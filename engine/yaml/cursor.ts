import { YamlSyntaxError } from "./error.js";

/** Character codes that steer the scanner. */
export enum Char {
  Nul = 0,
  Tab = 9,
  LineFeed = 10,
  Return = 13,
  Space = 32,
  Exclamation = 33,
  DoubleQuote = 34,
  Hash = 35,
  Percent = 37,
  Ampersand = 38,
  SingleQuote = 39,
  Asterisk = 42,
  Plus = 43,
  Comma = 44,
  Minus = 45,
  Dot = 46,
  Zero = 48,
  Nine = 57,
  Colon = 58,
  Less = 60,
  Greater = 62,
  Question = 63,
  At = 64,
  OpenBracket = 91,
  Backslash = 92,
  CloseBracket = 93,
  Backtick = 96,
  OpenBrace = 123,
  Bar = 124,
  CloseBrace = 125,
  NextLine = 0x85,
  LineSeparator = 0x2028,
  ParagraphSeparator = 0x2029,
  ByteOrderMark = 0xfeff,
}

export function isBlank(code: number): boolean {
  return code === Char.Space || code === Char.Tab;
}

/** A line break as YAML 1.1 counts them. */
export function isBreak(code: number): boolean {
  return (
    code === Char.LineFeed ||
    code === Char.Return ||
    code === Char.NextLine ||
    code === Char.LineSeparator ||
    code === Char.ParagraphSeparator
  );
}

export function isBreakOrEnd(code: number): boolean {
  return code === Char.Nul || isBreak(code);
}

export function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code);
}

export function isDigit(code: number): boolean {
  return code >= Char.Zero && code <= Char.Nine;
}

/** Letters, digits, `-` and `_`: what names of anchors, directives and tag handles are made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code) || code === 95 || code === Char.Minus
  );
}

/** A place in a text without control characters; the text ends with the NUL that {@link at} gives behind it. */
export class Cursor {
  pos = 0;
  /** Offset of the first character of the current line. */
  lineStart = 0;
  readonly #padded: string;

  constructor(readonly text: string) {
    // The scanner looks at most three characters ahead: with these it never asks beyond the string.
    this.#padded = `${text}\0\0\0\0`;
  }

  at(offset: number): number {
    return this.#padded.charCodeAt(offset);
  }
  get code(): number {
    return this.#padded.charCodeAt(this.pos);
  }
  get column(): number {
    return this.pos - this.lineStart;
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  /** Steps over the line break under the cursor. */
  skipBreak(): void {
    this.pos += this.code === Char.Return && this.at(this.pos + 1) === Char.LineFeed ? 2 : 1;
    this.lineStart = this.pos;
  }

  /** Steps over the line break under the cursor and gives it as YAML normalizes it. */
  readBreak(): string {
    const code = this.code;
    this.skipBreak();
    return code === Char.LineSeparator || code === Char.ParagraphSeparator ? String.fromCharCode(code) : "\n";
  }

  skipBlanks(): void {
    while (isBlank(this.code)) this.pos++;
  }

  /** Steps over a comment, if there is one, to the end of its line. */
  skipComment(): void {
    if (this.code === Char.Hash) while (!isBreakOrEnd(this.code)) this.pos++;
  }

  /** `---` or `...` at the start of a line, with nothing glued to it. */
  atDocumentMarker(): boolean {
    if (this.pos !== this.lineStart) return false;
    const code = this.code;
    return (
      (code === Char.Minus || code === Char.Dot) &&
      this.at(this.pos + 1) === code &&
      this.at(this.pos + 2) === code &&
      isBlankOrEnd(this.at(this.pos + 3))
    );
  }

  /** @throws YamlSyntaxError always: a ScannerError at the cursor */
  fail(problem: string, context?: string, contextOffset?: number): never {
    throw new YamlSyntaxError("ScannerError", problem, this.pos, context, contextOffset);
  }
}
