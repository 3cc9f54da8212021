import { repr } from "../../value/repr.js";
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

/** Splits a template into tokens exactly as Jinja 2's lexer does, with offsets. Never throws. */
export function lex(source: string, settings: SyntaxSettings): LexedTemplate {
  return new Lexer(source, settings).run();
}

type TagKind = "block" | "variable" | "line";

class Lexer {
  private readonly tokens: Token[] = [];
  private readonly comments: Comment[] = [];
  private readonly source: NormalizedSource;
  private readonly text: string;
  private readonly rules: LexerRules;
  private position = 0;
  private line = 1;
  private linePosition = 0;
  /** Whether the text before `position` ends a line, for `lstrip_blocks`. */
  private lineStarting = true;

  constructor(
    source: string,
    private readonly settings: SyntaxSettings,
  ) {
    this.source = new NormalizedSource(source, settings.keepTrailingNewline);
    this.text = this.source.text;
    this.rules = lexerRules(settings);
  }

  run(): LexedTemplate {
    while (this.position < this.text.length) this.readRoot();
    const last = this.tokens.at(-1);
    this.tokens.push({
      type: "eof",
      value: "",
      start: this.source.source.length,
      end: this.source.source.length,
      line: last?.line ?? 1,
    });
    return { tokens: this.tokens, comments: this.comments };
  }

  /** Text up to the next tag, and that tag. */
  private readRoot(): void {
    const { root } = this.rules;
    root.lastIndex = this.position;
    const found = root.exec(this.text);
    if (!found?.groups) {
      this.pushData(this.position, this.text.length, this.text.length, false);
      this.position = this.text.length;
      return;
    }
    const { groups } = found;
    const kind = (["raw", "comment", "block", "variable", "linestatement", "linecomment"] as const).find(
      (name) => groups[name] !== undefined,
    );
    const sign = (kind && groups[`${kind}Sign`]) ?? "";
    const end = this.strippedEnd(this.position, found.index, sign, kind === "variable");
    this.pushData(this.position, end, found.index, false);
    const begin = found.index;
    this.position = begin + found[0].length;
    this.lineStarting = found[0].endsWith("\n");
    if (kind === "raw") this.readRaw();
    else if (kind === "comment") this.readComment(begin, this.rules.commentEnd, "Missing end of comment tag");
    else if (kind === "linecomment") this.readLineComment(begin);
    else this.readTag(kind === "block" ? "block" : kind === "variable" ? "variable" : "line", begin);
  }

  /** Where text before a tag ends, after the tag's `-` or the environment's `lstrip_blocks` took white space from it. */
  private strippedEnd(start: number, end: number, sign: string, isVariable: boolean): number {
    if (sign === "-") {
      let last = end;
      while (last > start && this.rules.space.test(this.text.charAt(last - 1))) last -= 1;
      return last;
    }
    if (sign === "+" || !this.settings.lstripBlocks || isVariable) return end;
    const lineStart = this.text.lastIndexOf("\n", end - 1) + 1;
    const from = Math.max(lineStart, start);
    if (from === start && lineStart < start && !this.lineStarting) return end;
    for (let index = from; index < end; index += 1) if (!this.rules.space.test(this.text.charAt(index))) return end;
    return from;
  }

  private pushData(start: number, end: number, from: number, raw: boolean): void {
    if (end > start) {
      const text = this.text.slice(start, end);
      const { newlineSequence } = this.settings;
      const value = newlineSequence === "\n" ? text : text.replaceAll("\n", newlineSequence);
      this.push("data", value, start, end, raw);
    }
    this.lineStarting = from > 0 && this.text[from - 1] === "\n";
  }

  private readRaw(): void {
    const { rawEnd } = this.rules;
    rawEnd.lastIndex = this.position;
    const found = rawEnd.exec(this.text);
    if (!found) {
      this.fail("Missing end of raw directive");
      return;
    }
    const end = this.strippedEnd(this.position, found.index, found.groups?.sign ?? "", false);
    this.pushData(this.position, end, found.index, true);
    this.position = found.index + found[0].length;
    this.lineStarting = found[0].endsWith("\n");
  }

  private readComment(begin: number, endRule: RegExp, message: string): void {
    endRule.lastIndex = this.position;
    const found = endRule.exec(this.text);
    if (!found) {
      this.fail(message);
      return;
    }
    this.position = found.index + found[0].length;
    this.lineStarting = found[0].endsWith("\n");
    this.pushComment(begin, found.index + found[0].trimEnd().length);
  }

  private readLineComment(begin: number): void {
    const end = this.text.indexOf("\n", this.position);
    this.position = end < 0 ? this.text.length : end;
    this.lineStarting = false;
    this.pushComment(begin, this.position);
  }

  private pushComment(start: number, end: number): void {
    this.comments.push({ start: this.source.toSource(start), end: this.source.toSource(end) });
  }

  /** The rest of the text is lost to an error; at its very end Jinja says nothing. */
  private fail(message: string): void {
    if (this.position < this.text.length) this.push("error", message, this.position, this.text.length);
    this.position = this.text.length;
  }

  /** The tokens of one tag. Its end counts only outside of brackets. */
  private readTag(kind: TagKind, begin: number): void {
    this.push(kind === "variable" ? "variable_begin" : "block_begin", "", begin, this.position);
    const endRule = this.rules.tagEnd[kind];
    const endType: TokenType = kind === "variable" ? "variable_end" : "block_end";
    const brackets: string[] = [];
    let failed = false;
    for (;;) {
      endRule.lastIndex = this.position;
      const end = brackets.length === 0 || failed ? endRule.exec(this.text) : null;
      if (end) {
        this.push(endType, end[0], this.position, this.position + end[0].length);
        this.advance(end[0].length);
        return;
      }
      if (this.position >= this.text.length) return;
      const error = this.readTagToken(brackets);
      if (error === undefined) continue;
      // Behind an error the next end of the tag is taken, whatever brackets are open: the rest of the file still reads.
      if (failed) this.advance(1);
      else this.push("error", error, this.position, this.position + 1);
      failed = true;
    }
  }

  private advance(length: number): void {
    this.position += length;
    this.lineStarting = this.text[this.position - 1] === "\n";
  }

  /** One token inside of a tag; answers Jinja's message when there is none. */
  private readTagToken(brackets: string[]): string | undefined {
    const { tagToken } = this.rules;
    tagToken.lastIndex = this.position;
    const found = tagToken.exec(this.text);
    if (!found) {
      const character = String.fromCodePoint(this.text.codePointAt(this.position) as number);
      return `unexpected char ${repr(character)} at ${this.position}`;
    }
    const [text, float, integer, name, string, operator] = found;
    const start = this.position;
    const end = start + text.length;
    if (operator !== undefined) {
      const error = balance(operator, brackets);
      if (error !== undefined) return error;
      this.push(operatorTypes[operator as keyof typeof operatorTypes], operator, start, end);
    } else if (name !== undefined) {
      if (this.rules.identifier.test(name)) this.push("name", name, start, end);
      else this.push("error", "Invalid character in identifier", start, end);
    } else if (string !== undefined) {
      this.pushString(string, start, end);
    } else if (integer !== undefined || float !== undefined) {
      this.push(integer === undefined ? "float" : "integer", text, start, end);
    }
    this.position = end;
    return undefined;
  }

  private pushString(literal: string, start: number, end: number): void {
    try {
      const body = literal.slice(1, -1);
      const { newlineSequence } = this.settings;
      const text = newlineSequence === "\n" ? body : body.replaceAll("\n", newlineSequence);
      this.push("string", text.includes("\\") ? unescapeLiteral(text) : text, start, end);
    } catch (error) {
      if (!(error instanceof EscapeError)) throw error;
      this.push("error", error.message, start, end);
    }
  }

  private push(type: TokenType, value: string, start: number, end: number, raw = false): void {
    for (; ; this.linePosition += 1) {
      const next = this.text.indexOf("\n", this.linePosition);
      if (next < 0 || next >= start) break;
      this.line += 1;
      this.linePosition = next;
    }
    const { source } = this;
    const token = { type, value, start: source.toSource(start), end: source.toSource(end), line: this.line };
    this.tokens.push(raw ? { ...token, raw } : token);
  }
}

const closers: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

/** Keeps the stack of open brackets; answers Jinja's message when one does not fit. */
function balance(operator: string, brackets: string[]): string | undefined {
  const closer = closers[operator];
  if (closer !== undefined) {
    brackets.push(closer);
  } else if (operator === "}" || operator === ")" || operator === "]") {
    const expected = brackets.pop();
    if (expected === undefined) return `unexpected '${operator}'`;
    if (expected !== operator) return `unexpected '${operator}', expected '${expected}'`;
  }
  return undefined;
}
