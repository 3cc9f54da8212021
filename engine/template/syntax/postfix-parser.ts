import type { Span } from "../../problem.js";
import type { Arguments, Expression, Literal } from "./nodes.js";
import type { ParseExpression } from "./primary-parser.js";
import type { TokenStream } from "./token-stream.js";

/** What may follow a primary directly: attributes, subscripts and calls. */
export class PostfixParser {
  readonly #tokens: TokenStream;
  readonly #expression: ParseExpression;

  constructor(tokens: TokenStream, expression: ParseExpression) {
    this.#tokens = tokens;
    this.#expression = expression;
  }

  postfix(node: Expression): Expression {
    const tokens = this.#tokens;
    for (let result = node; ; ) {
      if (tokens.failing) return result;
      const { type } = tokens.current;
      if (type === "dot") result = this.#attribute(result);
      else if (type === "lbracket") result = this.#item(result);
      else if (type === "lparen") result = this.call(result);
      else return result;
    }
  }

  #attribute(node: Expression): Expression {
    const tokens = this.#tokens;
    const dot = tokens.next();
    const token = tokens.current;
    const { start } = node;
    const { line } = dot;
    if (!tokens.failing && token.type === "integer") {
      tokens.next();
      const argument: Literal = { ...token, kind: "literal", type: "integer", text: token.value };
      return { kind: "item", node, argument, start, end: token.end, line };
    }
    if (!tokens.failing && token.type === "name") {
      tokens.next();
      const attributeSpan = { start: token.start, end: token.end };
      return { kind: "attribute", node, attribute: token.value, attributeSpan, start, end: token.end, line };
    }
    // Jinja takes the token before it looks at it, so what the lexer says of the next one comes first.
    if (token.type !== "eof") tokens.next();
    const range = token.type.endsWith("_end") || token.type === "eof" ? dot : token;
    tokens.fail("expected name or number", { line: token.line, range: { start: range.start, end: range.end } });
    const attributeSpan = { start: dot.end, end: dot.end };
    return { kind: "attribute", node, attribute: "", attributeSpan, start, end: dot.end, line };
  }

  #item(node: Expression): Expression {
    const tokens = this.#tokens;
    const { line, end } = tokens.next();
    const args: Expression[] = [];
    while (!tokens.failing && !tokens.at("rbracket")) {
      if (args.length > 0) tokens.expect("comma");
      args.push(this.#subscript());
    }
    tokens.expect("rbracket");
    const [only] = args;
    const tupleEnd = Math.max(end, tokens.lastEnd - 1);
    const argument: Expression =
      only && args.length === 1
        ? only
        : { kind: "tuple", items: args, parenthesized: false, start: end, end: tupleEnd, line };
    return { kind: "item", node, argument, start: node.start, end: tokens.lastEnd, line };
  }

  #subscript(): Expression {
    const tokens = this.#tokens;
    const { start, line } = tokens.current;
    let from: Expression | undefined;
    if (!tokens.at("colon")) {
      from = this.#expression();
      if (tokens.failing || !tokens.at("colon")) return from;
    }
    tokens.next();
    const to = tokens.atAny("colon", "rbracket", "comma") ? undefined : this.#expression();
    const step = tokens.skipIf("colon") && !tokens.atAny("rbracket", "comma") ? this.#expression() : undefined;
    return { kind: "slice", from, to, step, start, end: tokens.lastEnd, line };
  }

  call(callee: Expression): Expression {
    const { line } = this.#tokens.current;
    return { kind: "call", callee, arguments: this.arguments(), start: callee.start, end: this.#tokens.lastEnd, line };
  }

  /** The parentheses of a call, a filter or a test and what stands in them. */
  arguments(): Arguments {
    const tokens = this.#tokens;
    const open = tokens.expect("lparen");
    const args: Expression[] = [];
    const kwargs: { name: string; nameSpan: Span; value: Expression }[] = [];
    let dynamicArgs: Expression | undefined;
    let dynamicKwargs: Expression | undefined;
    const ensure = (valid: boolean) => {
      if (!valid) tokens.fail("invalid syntax for function call expression", { line: open.line });
    };
    let requireComma = false;
    while (!tokens.failing && !tokens.at("rparen")) {
      if (requireComma) {
        tokens.expect("comma");
        if (tokens.failing || tokens.at("rparen")) break;
      }
      if (tokens.at("mul")) {
        ensure(dynamicArgs === undefined && dynamicKwargs === undefined);
        tokens.next();
        dynamicArgs = this.#expression();
      } else if (tokens.at("pow")) {
        ensure(dynamicKwargs === undefined);
        tokens.next();
        dynamicKwargs = this.#expression();
      } else if (tokens.at("name") && tokens.following.type === "assign") {
        ensure(dynamicKwargs === undefined);
        const { value: name, start, end } = tokens.next();
        tokens.next();
        kwargs.push({ name, nameSpan: { start, end }, value: this.#expression() });
      } else {
        ensure(dynamicArgs === undefined && dynamicKwargs === undefined && kwargs.length === 0);
        args.push(this.#expression());
      }
      requireComma = true;
    }
    tokens.expect("rparen");
    return { args, kwargs, dynamicArgs, dynamicKwargs, parentheses: { start: open.start, end: tokens.lastEnd } };
  }
}

export const noArguments: Arguments = {
  args: [],
  kwargs: [],
  dynamicArgs: undefined,
  dynamicKwargs: undefined,
  parentheses: undefined,
};
