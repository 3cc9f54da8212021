import type { Span } from "../../problem.js";
import { repr } from "../../value/repr.js";
import { balance, withoutClosing } from "./brackets.js";
import { EscapeError, unescapeLiteral } from "./escapes.js";
import { type LexerRules, lexerRules } from "./lexer-rules.js";
import { NormalizedSource } from "./newlines.js";
import type { SyntaxSettings } from "./settings.js";
import { type Comment, operatorTypes, type Token, type TokenType } from "./token.js";

/** The tokens of a template. An `error` token stands where Jinja's lexer raises; lexing goes on behind it. */
export interface LexedTemplate {
  /** Ends with `eof`. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

export interface LexOptions {
  /**
   * For a text that somebody is typing: a tag that Jinja could not read ends with its line or where the next one opens,
   * an open quote with its line or tag, and the rest of the file reads as if the tag was whole. Tags that Jinja can read
   * are the same with it and without.
   */
  readonly recover?: boolean;
  /** A line that is no part of the template (see `fileSyntax`). */
  readonly header?: Span | undefined;
}

/** Splits a template into tokens exactly as Jinja 2's lexer does, with offsets. Never throws. */
export function lex(
  source: string,
  settings: SyntaxSettings,
  { recover = false, header }: LexOptions = {},
): LexedTemplate {
  return new Lexer(new NormalizedSource(source, settings.keepTrailingNewline, header), settings, recover).run();
}

type TagKind = "block" | "variable" | "line";

/** How far a lexer has come. */
interface Mark {
  readonly tokens: number;
  readonly position: number;
  readonly line: number;
  readonly linePosition: number;
  readonly lineStarting: boolean;
}

class Lexer {
  readonly #tokens: Token[] = [];
  readonly #comments: Comment[] = [];
  readonly #source: NormalizedSource;
  readonly #text: string;
  readonly #rules: LexerRules;
  #position = 0;
  #line = 1;
  #linePosition = 0;
  /** A stretch without a line break. */
  #newline = { from: 0, to: -1 };
  /** Whether the text before `position` ends a line, for `lstrip_blocks`. */
  #lineStarting = true;

  readonly #settings: SyntaxSettings;
  readonly #recovering: boolean;

  constructor(source: NormalizedSource, settings: SyntaxSettings, recovering: boolean) {
    this.#settings = settings;
    this.#recovering = recovering;
    this.#source = source;
    this.#text = source.text;
    this.#rules = lexerRules(settings);
  }

  run(): LexedTemplate {
    while (this.#position < this.#text.length) this.#readRoot();
    const last = this.#tokens.at(-1);
    this.#tokens.push({
      type: "eof",
      value: "",
      start: this.#source.source.length,
      end: this.#source.source.length,
      line: last?.line ?? 1,
    });
    return { tokens: this.#tokens, comments: this.#comments };
  }

  /** Text up to the next tag, and that tag. */
  #readRoot(): void {
    const { root } = this.#rules;
    root.lastIndex = this.#position;
    const found = root.exec(this.#text);
    if (!found?.groups) {
      this.#pushData(this.#position, this.#text.length, this.#text.length, false);
      this.#position = this.#text.length;
      return;
    }
    const { groups } = found;
    const kind = (["raw", "comment", "block", "variable", "linestatement", "linecomment"] as const).find(
      (name) => groups[name] !== undefined,
    );
    const sign = (kind && groups[`${kind}Sign`]) ?? "";
    const end = this.#strippedEnd(this.#position, found.index, sign, kind === "variable");
    this.#pushData(this.#position, end, found.index, false);
    const begin = found.index;
    this.#position = begin + found[0].length;
    this.#lineStarting = found[0].endsWith("\n");
    if (kind === "raw") this.#readRaw();
    else if (kind === "comment") this.#readComment(begin, this.#rules.commentEnd, "Missing end of comment tag");
    else if (kind === "linecomment") this.#readLineComment(begin);
    else this.#readTag(kind === "block" ? "block" : kind === "variable" ? "variable" : "line", begin);
  }

  /** Where text before a tag ends, after the tag's `-` or the environment's `lstrip_blocks` took white space from it. */
  #strippedEnd(start: number, end: number, sign: string, isVariable: boolean): number {
    if (sign === "-") {
      let last = end;
      while (last > start && this.#rules.space.test(this.#text.charAt(last - 1))) last -= 1;
      return last;
    }
    if (sign === "+" || !this.#settings.lstripBlocks || isVariable) return end;
    const lineStart = this.#text.lastIndexOf("\n", end - 1) + 1;
    const from = Math.max(lineStart, start);
    if (from === start && lineStart < start && !this.#lineStarting) return end;
    for (let index = from; index < end; index += 1) if (!this.#rules.space.test(this.#text.charAt(index))) return end;
    return from;
  }

  #pushData(start: number, end: number, from: number, raw: boolean): void {
    const { seam } = this.#source;
    if (seam !== undefined && start < seam && seam < end) {
      this.#pushText(start, seam, raw);
      this.#pushText(seam, end, raw);
    } else if (end > start) {
      this.#pushText(start, end, raw);
    }
    this.#lineStarting = from > 0 && this.#text[from - 1] === "\n";
  }

  #pushText(start: number, end: number, raw: boolean): void {
    const text = this.#text.slice(start, end);
    const { newlineSequence } = this.#settings;
    const value = newlineSequence === "\n" ? text : text.replaceAll("\n", newlineSequence);
    this.#push("data", value, start, end, raw);
  }

  #readRaw(): void {
    const { rawEnd } = this.#rules;
    rawEnd.lastIndex = this.#position;
    const found = rawEnd.exec(this.#text);
    if (!found) {
      this.#fail("Missing end of raw directive");
      return;
    }
    const end = this.#strippedEnd(this.#position, found.index, found.groups?.sign ?? "", false);
    this.#pushData(this.#position, end, found.index, true);
    this.#position = found.index + found[0].length;
    this.#lineStarting = found[0].endsWith("\n");
  }

  #readComment(begin: number, endRule: RegExp, message: string): void {
    endRule.lastIndex = this.#position;
    const found = endRule.exec(this.#text);
    if (!found) {
      // Who begins to type a comment does not mean the rest of the file.
      if (this.#recovering) this.#readLineComment(begin);
      else this.#fail(message);
      return;
    }
    this.#position = found.index + found[0].length;
    this.#lineStarting = found[0].endsWith("\n");
    this.#pushComment(begin, found.index + found[0].trimEnd().length);
  }

  #readLineComment(begin: number): void {
    const end = this.#text.indexOf("\n", this.#position);
    this.#position = end < 0 ? this.#text.length : end;
    this.#lineStarting = false;
    this.#pushComment(begin, this.#position);
  }

  #pushComment(start: number, end: number): void {
    this.#comments.push({ start: this.#source.toSource(start), end: this.#source.toSource(end) });
  }

  /** The rest of the text is lost to an error; at its very end Jinja says nothing. */
  #fail(message: string): void {
    if (this.#position < this.#text.length) this.#push("error", message, this.#position, this.#text.length);
    this.#position = this.#text.length;
  }

  #readTag(kind: TagKind, begin: number): void {
    this.#push(kind === "variable" ? "variable_begin" : "block_begin", "", begin, this.#position);
    if (!this.#recovering) {
      this.#readTagAsJinja(kind);
      return;
    }
    const mark = this.#mark();
    if (this.#readWholeTag(kind, begin)) return;
    this.#reset(mark);
    this.#readBrokenTag(kind, begin);
  }

  /** The tokens of one tag. Its end counts only outside of brackets. */
  #readTagAsJinja(kind: TagKind): void {
    const brackets: string[] = [];
    let failed = false;
    for (;;) {
      if ((brackets.length === 0 || failed) && this.#readTagEnd(kind)) return;
      if (this.#position >= this.#text.length) return;
      const error = this.#readTagToken(brackets);
      if (error === undefined) continue;
      // Behind an error the next end of the tag is taken, whatever brackets are open: the rest of the file still reads.
      if (failed) this.#advance(1);
      else this.#push("error", error, this.#position, this.#position + 1);
      failed = true;
    }
  }

  /** Takes the end of a tag where it stands here. */
  #readTagEnd(kind: TagKind): boolean {
    const endRule = this.#rules.tagEnd[kind];
    endRule.lastIndex = this.#position;
    const end = endRule.exec(this.#text);
    if (!end) return false;
    this.#push(endTypes[kind], end[0], this.#position, this.#position + end[0].length);
    this.#advance(end[0].length);
    return true;
  }

  /** Reads a tag as Jinja does, as long as nothing is wrong in it; answers whether it came to the tag's end. */
  #readWholeTag(kind: TagKind, begin: number): boolean {
    const brackets: string[] = [];
    for (;;) {
      if (brackets.length === 0 && this.#readTagEnd(kind)) return true;
      if (this.#position >= this.#text.length || this.#opensNextTag(begin)) return false;
      const start = this.#position;
      if (this.#readTagToken(brackets) !== undefined || this.#tokens.at(-1)?.type === "error") return false;
      // A quote that nobody closed reaches over other tags to the next one.
      if (/^['"][^\n]*\n/.test(this.#text.slice(start, this.#position)) && this.#holdsDelimiter(start)) return false;
    }
  }

  /** Reads a tag that is not whole: never beyond its line, unless its end is further down or a bracket is open. */
  #readBrokenTag(kind: TagKind, begin: number): void {
    const brackets: string[] = [];
    let lineEnd: Mark | undefined;
    let failed = false;
    for (;;) {
      // `}}` may close two braces; all else that looks like the tag's end can be nothing else.
      const mayEnd = failed || kind !== "variable" || brackets.at(-1) !== "}";
      if (mayEnd && this.#readTagEnd(kind)) return;
      if (brackets.length === 0) lineEnd ??= this.#markAtLineEnd();
      if (this.#position >= this.#text.length || this.#opensNextTag(begin)) {
        if (lineEnd) this.#reset(lineEnd);
        this.#push(endTypes[kind], "", this.#position, this.#position);
        return;
      }
      if (this.#readOpenString(kind)) {
        lineEnd ??= this.#markAtLineEnd();
        continue;
      }
      const error = this.#readTagToken(brackets);
      if (error === undefined) continue;
      if (!failed) this.#push("error", error, this.#position, this.#position + 1);
      this.#advance(1);
      failed = true;
    }
  }

  /** Whether another tag opens here. On the line where this one began only `{%` says so: braces may stand in one another. */
  #opensNextTag(begin: number): boolean {
    const { blockStart, variableStart, commentStart } = this.#settings;
    if (this.#text.startsWith(blockStart, this.#position)) return true;
    const opens =
      this.#text.startsWith(variableStart, this.#position) || this.#text.startsWith(commentStart, this.#position);
    return opens && this.#newlineFrom(begin) < this.#position;
  }

  /** Whether a tag begins or ends between a place and here. */
  #holdsDelimiter(start: number): boolean {
    const { blockStart, variableStart, commentStart, blockEnd, variableEnd } = this.#settings;
    const text = this.#text.slice(start, this.#position);
    return [blockStart, variableStart, commentStart, blockEnd, variableEnd].some((delimiter) =>
      text.includes(delimiter),
    );
  }

  /** A string whose quote is not closed on its line before the tag's end: what is behind it up to the tag's end or the line's. */
  #readOpenString(kind: TagKind): boolean {
    const quote = this.#text[this.#position];
    if (quote !== "'" && quote !== '"') return false;
    const rest = this.#text.slice(this.#position + 1, this.#newlineFrom(this.#position));
    const delimiter = kind === "variable" ? this.#settings.variableEnd : this.#settings.blockEnd;
    const end = kind === "line" ? -1 : rest.indexOf(delimiter);
    if (isClosed(end < 0 ? rest : rest.slice(0, end), quote)) return false;
    // The brackets that an editor has closed already belong to the tag.
    const value = end < 0 ? rest : withoutClosing(rest.slice(0, end));
    this.#push("string", value, this.#position, this.#position + 1 + value.length);
    this.#position += 1 + value.length;
    return true;
  }

  /** Where the line of a place ends. A long line is looked through once, however many tokens it has. */
  #newlineFrom(position: number): number {
    const { from, to } = this.#newline;
    if (position >= from && position <= to) return to;
    const found = this.#text.indexOf("\n", position);
    this.#newline = { from: position, to: found < 0 ? this.#text.length : found };
    return this.#newline.to;
  }

  #mark(): Mark {
    const position = this.#position;
    const line = this.#line;
    const linePosition = this.#linePosition;
    const lineStarting = this.#lineStarting;
    return { tokens: this.#tokens.length, position, line, linePosition, lineStarting };
  }

  #markAtLineEnd(): Mark | undefined {
    const lineEnd = /[^\S\n]*\n/y;
    lineEnd.lastIndex = this.#position;
    return lineEnd.test(this.#text) ? { ...this.#mark(), position: lineEnd.lastIndex - 1 } : undefined;
  }

  #reset({ tokens, position, line, linePosition, lineStarting }: Mark): void {
    this.#tokens.length = tokens;
    this.#position = position;
    this.#line = line;
    this.#linePosition = linePosition;
    this.#lineStarting = lineStarting;
  }

  #advance(length: number): void {
    this.#position += length;
    this.#lineStarting = this.#text[this.#position - 1] === "\n";
  }

  /** One token inside of a tag; answers Jinja's message when there is none. */
  #readTagToken(brackets: string[]): string | undefined {
    const { tagToken } = this.#rules;
    tagToken.lastIndex = this.#position;
    const found = tagToken.exec(this.#text);
    if (!found) {
      const character = String.fromCodePoint(this.#text.codePointAt(this.#position) as number);
      return `unexpected char ${repr(character)} at ${this.#position}`;
    }
    const [text, float, integer, name, string, operator] = found;
    const start = this.#position;
    const end = start + text.length;
    if (operator !== undefined) {
      const error = balance(operator, brackets);
      if (error !== undefined) return error;
      this.#push(operatorTypes[operator as keyof typeof operatorTypes], operator, start, end);
    } else if (name !== undefined) {
      if (this.#rules.identifier.test(name)) this.#push("name", name, start, end);
      else this.#push("error", "Invalid character in identifier", start, end);
    } else if (string !== undefined) {
      this.#pushString(string, start, end);
    } else if (integer !== undefined || float !== undefined) {
      this.#push(integer === undefined ? "float" : "integer", text, start, end);
    }
    this.#position = end;
    return undefined;
  }

  #pushString(literal: string, start: number, end: number): void {
    try {
      const body = literal.slice(1, -1);
      const { newlineSequence } = this.#settings;
      const text = newlineSequence === "\n" ? body : body.replaceAll("\n", newlineSequence);
      this.#push("string", text.includes("\\") ? unescapeLiteral(text) : text, start, end);
    } catch (error) {
      if (!(error instanceof EscapeError)) throw error;
      this.#push("error", error.message, start, end);
    }
  }

  #push(type: TokenType, value: string, start: number, end: number, raw = false): void {
    for (; ; this.#linePosition += 1) {
      const next = this.#newlineFrom(this.#linePosition);
      if (next >= start) break;
      this.#line += 1;
      this.#linePosition = next;
    }
    const source = this.#source;
    const token = { type, value, start: source.toSource(start), end: source.endToSource(end), line: this.#line };
    this.#tokens.push(raw ? { ...token, raw } : token);
  }
}

const endTypes: { readonly [kind in TagKind]: TokenType } = {
  block: "block_end",
  line: "block_end",
  variable: "variable_end",
};

/** Whether the quote that opened before a text closes in it. */
function isClosed(text: string, quote: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return true;
  }
  return false;
}
