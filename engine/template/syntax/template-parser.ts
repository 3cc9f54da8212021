import type { Span } from "../../problem.js";
import { repr } from "../../value/repr.js";
import type { FaultCode } from "../fault.js";
import { ExpressionParser } from "./expression-parser.js";
import type { Print, Statement, TemplateText } from "./nodes.js";
import { tagParsers } from "./tags/index.js";
import type { TagReader } from "./tags/tag-reader.js";
import { describeRule, type TokenRule } from "./token.js";
import type { TokenStream } from "./token-stream.js";

/** How far blocks may nest in one another. */
const nestingLimit = 90;

/** A block that nothing closes. */
export interface OpenBlock {
  /** Its last tag: the one that opened it, or an `else` since. */
  readonly tag: Span;
  /** The tags that would close it or begin its next part: `elif`, `else`, `endif`. */
  readonly ends: readonly string[];
}

/** Text, prints and statements in their order, and which tags are open around them. */
export class TemplateParser implements TagReader {
  readonly tokens: TokenStream;
  readonly expressions: ExpressionParser;
  readonly openBlocks: OpenBlock[] = [];
  #tagStart = 0;
  /** The tags that are open, by name, innermost last. */
  readonly #openTags: string[] = [];
  /** What would close the open tags, innermost last. */
  readonly #openEnds: (readonly TokenRule[])[] = [];

  constructor(tokens: TokenStream) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  get tagStart(): number {
    return this.#tagStart;
  }

  /** Statements and text up to a tag that `ends` names; its begin is taken, its name is not. */
  statements(ends: readonly TokenRule[]): Statement[] {
    const { tokens } = this;
    const body: Statement[] = [];
    if (ends.length > 0) this.#openEnds.push(ends);
    while (!tokens.at("eof")) {
      const output = this.#output();
      if (output) body.push(output);
      if (tokens.at("eof")) break;
      tokens.recover();
      if (tokens.at("block_begin")) {
        this.#tagStart = tokens.next().start;
        if (ends.length > 0 && !tokens.failing && tokens.atAny(...ends)) break;
        const statement = this.#statement();
        if (statement) body.push(statement);
      }
      tokens.expectTagEnd("block_end");
    }
    if (ends.length > 0) this.#openEnds.pop();
    return body;
  }

  body(ends: readonly TokenRule[], drop = false): { body: Statement[]; tag: Span } {
    const { tokens } = this;
    const start = this.#tagStart;
    tokens.skipIf("colon");
    tokens.expectTagEnd("block_end");
    const tag = { start, end: tokens.lastEnd };
    const body = this.statements(ends);
    if (tokens.at("eof")) {
      this.openBlocks.push({ tag, ends: ends.map(describeRule) });
      this.#openEnds.push(ends);
      this.#unexpected(undefined, "jinja-unclosed-block", tag);
      this.#openEnds.pop();
    } else if (drop) {
      tokens.next();
    }
    return { body, tag };
  }

  /** The text and the prints up to the next tag. */
  #output(): Statement | undefined {
    const { tokens } = this;
    const nodes: (TemplateText | Print)[] = [];
    for (;;) {
      const { type, value: text, raw = false, start, end, line } = tokens.current;
      if (type !== "data" && type !== "variable_begin") break;
      // No tag reaches over text or the begin of a print, so a failure that is still on has ended.
      tokens.recover();
      if (type === "data") {
        tokens.next();
        nodes.push({ kind: "text", text, raw, start, end, line });
      } else {
        nodes.push(this.#print());
      }
    }
    const [first] = nodes;
    if (!first) return undefined;
    const span = { start: first.start, end: tokens.lastEnd };
    return { kind: "output", nodes, ...span, line: first.line, tag: span };
  }

  #print(): Print {
    const { start, line } = this.tokens.next();
    const expression = this.expressions.tuple();
    this.tokens.expectTagEnd("variable_end");
    return { kind: "print", expression, start, end: this.tokens.lastEnd, line };
  }

  #statement(): Statement | undefined {
    const { tokens } = this;
    const { type, value: name, line } = tokens.current;
    if (tokens.failing) return undefined;
    if (type !== "name") {
      tokens.fail("tag name expected", { line });
      return undefined;
    }
    const parseTag = tagParsers.get(name);
    if (!parseTag) return this.#unknownTag(name);
    if (this.#openTags.length >= nestingLimit) {
      tokens.fail(`Blocks nest more than ${nestingLimit} levels.`, { code: "jinja-budget" });
      return undefined;
    }
    this.#openTags.push(name);
    const statement = parseTag(this);
    this.#openTags.pop();
    return statement;
  }

  #unknownTag(name: string): Statement {
    const { end, line } = this.tokens.current;
    const start = this.#tagStart;
    const closes = /^(end|elif$|else$)/.test(name);
    this.#unexpected(name, closes ? "jinja-syntax" : "jinja-unknown-tag");
    return { kind: "unknown", name, start, end, line, tag: { start, end } };
  }

  /** Jinja's `_fail_ut_eof`: a tag that has no place here, or the end of the template inside of a block. */
  #unexpected(name: string | undefined, code: FaultCode, range?: Span): void {
    const message = [name === undefined ? "Unexpected end of template." : `Encountered unknown tag ${repr(name)}.`];
    const ends = this.#openEnds.at(-1);
    if (ends) {
      const wanted = ends.map((rule) => repr(describeRule(rule))).join(" or ");
      const misplaced = name !== undefined && this.#openEnds.flat().some((rule) => describeRule(rule) === name);
      message.push(
        misplaced
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${wanted}.`
          : `Jinja was looking for the following tags: ${wanted}.`,
      );
    }
    const innermost = this.#openTags.at(-1);
    if (innermost !== undefined) message.push(`The innermost block that needs to be closed is ${repr(innermost)}.`);
    this.tokens.fail(message.join(" "), range ? { code, range } : { code });
  }
}
