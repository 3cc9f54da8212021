import type { Span } from "../../problem.js";
import { repr } from "../../value/repr.js";
import type { Fault, FaultCode } from "../fault.js";
import { describeRule, describeToken, matches, type Token, type TokenRule } from "./token.js";

export interface FailureOptions {
  readonly line?: number;
  readonly range?: Span;
  readonly code?: FaultCode;
  readonly exception?: string;
}

/** Nobody reads more; a text that is no template at all may have thousands. */
const faultLimit = 50;

/**
 * The tokens that all parsers of one template walk over. The first thing wrong inside a tag is reported and ends the tag:
 * the stream jumps to the tag's end, and until that is taken everything expected seems to be there, so the parsers still
 * build a tree.
 */
export class TokenStream {
  readonly faults: Fault[] = [];
  readonly #tokens: readonly Token[];
  #position = 0;
  #failing = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#raiseLexerError();
  }

  get current(): Token {
    return this.#tokens[this.#position] as Token;
  }

  get following(): Token {
    return this.#tokens[this.#position + 1] ?? this.current;
  }

  /** Where the last token that was taken ends. */
  get lastEnd(): number {
    return this.#tokens[this.#position - 1]?.end ?? 0;
  }

  /** True from a failure to the end of its tag. */
  get failing(): boolean {
    return this.#failing;
  }

  at(rule: TokenRule): boolean {
    return matches(this.current, rule);
  }

  atAny(...rules: TokenRule[]): boolean {
    const { current } = this;
    for (const rule of rules) if (matches(current, rule)) return true;
    return false;
  }

  /** Takes the current token. */
  next(): Token {
    const token = this.current;
    if (this.#failing || token.type === "eof") return token;
    this.#position += 1;
    this.#raiseLexerError();
    return token;
  }

  skipIf(rule: TokenRule): boolean {
    if (this.#failing || !this.at(rule)) return false;
    this.next();
    return true;
  }

  /** Takes a token of that kind; where there is none, fails and gives an empty token at this place. */
  expect(rule: TokenRule): Token {
    if (!this.#failing && this.at(rule)) return this.next();
    const wanted = repr(describeRule(rule));
    if (this.current.type === "eof") this.fail(`unexpected end of template, expected ${wanted}.`);
    else this.fail(`expected token ${wanted}, got ${repr(describeToken(this.current))}`);
    const { start, line } = this.current;
    return { type: "error", value: "", start, end: start, line };
  }

  /** Takes the end of a tag and with it ends a failure in the tag. */
  expectTagEnd(type: "block_end" | "variable_end"): void {
    this.expect(type);
    if (!this.#failing) return;
    this.#failing = false;
    if (this.atAny("block_end", "variable_end")) this.next();
  }

  /** Ends a failure at a token that no tag reaches over: text, or the begin of the next tag. */
  recover(): void {
    this.#failing = false;
  }

  /** Reports what is wrong at the current token, or where the options say, as Jinja words it. */
  fail(message: string, options: FailureOptions = {}): void {
    if (this.#failing) return;
    const { line = this.current.line, range = this.#here() } = options;
    const { code = "jinja-syntax", exception = "TemplateSyntaxError" } = options;
    const { start, end } = range;
    if (this.faults.length < faultLimit) this.faults.push({ code, exception, message, range: { start, end }, line });
    this.#failing = true;
    while (!this.atAny("block_end", "variable_end", "block_begin", "variable_begin", "data", "eof")) {
      this.#position += 1;
    }
  }

  #here(): Span {
    const { type, start, end } = this.current;
    if (type !== "eof" && type !== "data") return { start, end };
    // The end of the template is no place to point at: what came last is.
    const last = this.#tokens[this.#position - 1];
    return last ? { start: last.start, end: last.end } : { start, end: start };
  }

  #raiseLexerError(): void {
    const { type, value, line } = this.current;
    if (type === "error") this.fail(value, { line });
  }
}
