import { Char, type Cursor, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit } from "./cursor.js";
import { type Token, token } from "./token.js";

/** Line breaks between two pieces of a flow or plain scalar: one becomes a blank, the first of several vanishes. */
function fold(breaks: string): string {
  if (breaks.charCodeAt(0) !== Char.LineFeed) return breaks;
  return breaks.length === 1 ? " " : breaks.slice(1);
}

export interface PlainScalar {
  readonly token: Token;
  /** The scan ran over a line break: behind it a simple key may begin. */
  readonly endedLine: boolean;
}

/** @param indent the column that a continuation line must reach in the block context; @param flow inside `[` or `{` */
export function scanPlainScalar(cursor: Cursor, indent: number, flow: boolean): PlainScalar {
  const start = cursor.pos;
  let end = start;
  // The lines before the present one, folded, and where that begins: a scalar of one line is one piece of the input.
  let text = "";
  let line = start;
  let breaks: string | undefined;
  while (!cursor.atDocumentMarker() && cursor.code !== Char.Hash) {
    const from = cursor.pos;
    skipPlainWord(cursor, flow, start);
    if (cursor.pos > from) {
      if (breaks !== undefined) {
        text += cursor.slice(line, end) + breaks;
        line = from;
        breaks = undefined;
      }
      end = cursor.pos;
    }
    const code = cursor.code;
    if (!isBlank(code) && !isBreak(code)) break;
    breaks = scanPlainGap(cursor, indent, start);
    if (!flow && cursor.column < indent) break;
  }
  text += cursor.slice(line, end);
  return { token: token("scalar", start, end, text), endedLine: breaks !== undefined };
}

function skipPlainWord(cursor: Cursor, flow: boolean, start: number): void {
  for (; ; cursor.pos++) {
    const code = cursor.code;
    if (code > Char.CloseBrace ? isBreak(code) : isBlankOrEnd(code)) return;
    if (code === Char.Colon) {
      const next = cursor.at(cursor.pos + 1);
      if (flow && (next === Char.Question || isFlowIndicator(next))) {
        cursor.fail("found unexpected ':'", "while scanning a plain scalar", start);
      }
      if (isBlankOrEnd(next)) return;
    } else if (flow && isFlowIndicator(code)) return;
  }
}

function isFlowIndicator(code: number): boolean {
  return (
    code === Char.Comma ||
    code === Char.OpenBracket ||
    code === Char.CloseBracket ||
    code === Char.OpenBrace ||
    code === Char.CloseBrace
  );
}

/** Steps over blanks and line breaks: what the breaks fold to; undefined where there are none, and the blanks stay. */
function scanPlainGap(cursor: Cursor, indent: number, start: number): string | undefined {
  cursor.skipBlanks();
  if (!isBreak(cursor.code)) return undefined;
  let breaks = "";
  for (;;) {
    const code = cursor.code;
    if (isBreak(code)) breaks += cursor.readBreak();
    else if (isBlank(code)) {
      if (code === Char.Tab && cursor.column < indent) {
        cursor.fail("found a tab character that violates indentation", "while scanning a plain scalar", start);
      }
      cursor.pos++;
    } else return fold(breaks);
  }
}

const quotedContext = "while scanning a quoted scalar";

export function scanQuotedScalar(cursor: Cursor): Token {
  const start = cursor.pos;
  const quote = cursor.code;
  cursor.pos++;
  let text = "";
  for (;;) {
    if (cursor.atDocumentMarker()) cursor.fail("found unexpected document indicator", quotedContext, start);
    if (cursor.code === Char.Nul) cursor.fail("found unexpected end of stream", quotedContext, start);
    let escapedBreak = false;
    let from = cursor.pos;
    for (;;) {
      const code = cursor.code;
      if (code === quote) {
        if (code === Char.DoubleQuote || cursor.at(cursor.pos + 1) !== quote) break;
        text += cursor.slice(from, cursor.pos + 1);
        cursor.pos += 2;
        from = cursor.pos;
      } else if (code === Char.Backslash && quote === Char.DoubleQuote) {
        text += cursor.slice(from, cursor.pos);
        cursor.pos++;
        escapedBreak = isBreak(cursor.code);
        if (escapedBreak) cursor.skipBreak();
        else text += readEscape(cursor, start);
        from = cursor.pos;
        if (escapedBreak) break;
      } else if (isBlank(code)) {
        // Blanks stay, unless the line ends with them.
        const blanks = cursor.pos;
        cursor.skipBlanks();
        if (isBreak(cursor.code)) {
          cursor.pos = blanks;
          break;
        }
      } else if (isBreakOrEnd(code)) break;
      else cursor.pos++;
    }
    text += cursor.slice(from, cursor.pos);
    if (cursor.code === quote) break;
    text += scanQuotedGap(cursor, escapedBreak);
  }
  cursor.pos++;
  const style = quote === Char.SingleQuote ? "single-quoted" : "double-quoted";
  return token("scalar", start, cursor.pos, text, "", style);
}

/** @param escapedBreak the line ended with `\`: what follows is indentation, and its own line breaks stay */
function scanQuotedGap(cursor: Cursor, escapedBreak: boolean): string {
  const from = cursor.pos;
  let breaks = "";
  let lineEnded = escapedBreak;
  for (;;) {
    const code = cursor.code;
    if (isBreak(code)) {
      breaks += cursor.readBreak();
      lineEnded = true;
    } else if (isBlank(code)) cursor.pos++;
    else if (!lineEnded) return cursor.slice(from, cursor.pos);
    else return escapedBreak ? breaks : fold(breaks);
  }
}

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads an escape sequence; the cursor stands behind its backslash. */
function readEscape(cursor: Cursor, start: number): string {
  const context = "while parsing a quoted scalar";
  const letter = String.fromCharCode(cursor.code);
  const plain = escapes[letter];
  if (plain !== undefined && cursor.code !== Char.Nul) {
    cursor.pos++;
    return plain;
  }
  const length = hexLengths[letter];
  if (length === undefined) {
    cursor.pos--;
    cursor.fail("found unknown escape character", context, start);
  }
  cursor.pos++;
  const digits = cursor.slice(cursor.pos, cursor.pos + length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    cursor.fail("did not find expected hexdecimal number", context, start);
  }
  const value = Number.parseInt(digits, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    cursor.fail("found invalid Unicode character escape code", context, start);
  }
  cursor.pos += length;
  return String.fromCodePoint(value);
}

const blockContext = "while scanning a block scalar";

/** @param parentIndent the column of the collection that the scalar stands in; -1 at the top */
export function scanBlockScalar(cursor: Cursor, parentIndent: number): Token {
  const start = cursor.pos;
  const literal = cursor.code === Char.Bar;
  cursor.pos++;
  const header = scanBlockHeader(cursor, start);
  let end = cursor.pos;
  let indent = header.increment && Math.max(parentIndent, 0) + header.increment;
  let text = "";
  let lineBreak = "";
  let afterBlank = false;

  const skipIndentation = (): string => {
    let breaks = "";
    let widest = 0;
    end = cursor.pos;
    for (;;) {
      while ((indent === 0 || cursor.column < indent) && cursor.code === Char.Space) cursor.pos++;
      widest = Math.max(widest, cursor.column);
      if ((indent === 0 || cursor.column < indent) && cursor.code === Char.Tab) {
        cursor.fail("found a tab character where an indentation space is expected", blockContext, start);
      }
      if (!isBreak(cursor.code)) break;
      breaks += cursor.readBreak();
      end = cursor.pos;
    }
    if (indent === 0) indent = Math.max(widest, parentIndent + 1, 1);
    return breaks;
  };

  let emptyLines = skipIndentation();
  while (cursor.column === indent && cursor.code !== Char.Nul) {
    const blank = isBlank(cursor.code);
    if (!literal && lineBreak === "\n" && !afterBlank && !blank) text += emptyLines === "" ? " " : "";
    else text += lineBreak;
    text += emptyLines;
    afterBlank = blank;
    const from = cursor.pos;
    while (!isBreakOrEnd(cursor.code)) cursor.pos++;
    text += cursor.slice(from, cursor.pos);
    lineBreak = cursor.code === Char.Nul ? "" : cursor.readBreak();
    emptyLines = skipIndentation();
  }
  if (header.chomping !== "strip") text += lineBreak;
  if (header.chomping === "keep") text += emptyLines;
  return token("scalar", start, end, text, "", literal ? "literal" : "folded");
}

interface BlockHeader {
  /** 0: the first line decides. */
  readonly increment: number;
  readonly chomping: "clip" | "strip" | "keep";
}

/** Reads what stands behind `|` or `>`, and its line break. */
function scanBlockHeader(cursor: Cursor, start: number): BlockHeader {
  let increment = 0;
  let chomping: BlockHeader["chomping"] = "clip";
  const readChomping = (): boolean => {
    if (cursor.code !== Char.Plus && cursor.code !== Char.Minus) return false;
    chomping = cursor.code === Char.Plus ? "keep" : "strip";
    cursor.pos++;
    return true;
  };
  const readIncrement = (): boolean => {
    if (!isDigit(cursor.code)) return false;
    if (cursor.code === Char.Zero) cursor.fail("found an indentation indicator equal to 0", blockContext, start);
    increment = cursor.code - Char.Zero;
    cursor.pos++;
    return true;
  };
  if (readChomping()) readIncrement();
  else if (readIncrement()) readChomping();
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.code)) cursor.fail("did not find expected comment or line break", blockContext, start);
  if (cursor.code !== Char.Nul) cursor.skipBreak();
  return { increment, chomping };
}
