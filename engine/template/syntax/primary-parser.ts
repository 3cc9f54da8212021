import { repr } from "../../value/repr.js";
import type { Expression, Literal } from "./nodes.js";
import { describeToken, type Token } from "./token.js";
import type { TokenStream } from "./token-stream.js";

/** Reads any expression; without conditionals where an `if` means something else. */
export type ParseExpression = (withConditional?: boolean) => Expression;

export interface TupleOptions {
  /** Only names and literals: the targets of assignments. */
  readonly simplified?: boolean;
  readonly withConditional?: boolean;
  readonly parenthesized?: boolean;
  readonly withNamespace?: boolean;
}

/** What binds tightest: names, literals and brackets. */
export class PrimaryParser {
  readonly #tokens: TokenStream;
  readonly #expression: ParseExpression;

  constructor(tokens: TokenStream, expression: ParseExpression) {
    this.#tokens = tokens;
    this.#expression = expression;
  }

  /** A name, a literal or something in brackets. */
  primary(withNamespace = false): Expression {
    const token = this.#tokens.current;
    const { start, end, line } = token;
    switch (this.#tokens.failing ? "error" : token.type) {
      case "name":
        this.#tokens.next();
        return this.#nameOrWord(token, withNamespace);
      case "string":
        return this.#strings();
      case "integer":
      case "float":
        this.#tokens.next();
        return { kind: "literal", type: token.type as "integer" | "float", text: token.value, start, end, line };
      case "lparen":
        return this.#parenthesized();
      case "lbracket":
        return this.#list();
      case "lbrace":
        return this.#dict();
      default:
        this.#tokens.fail(`unexpected ${repr(describeToken(token))}`, { line });
        return missing(this.#tokens);
    }
  }

  #nameOrWord(token: Token, withNamespace: boolean): Expression {
    const { value, start, end, line } = token;
    if (/^([tT]rue|[fF]alse)$/.test(value)) return { kind: "literal", type: "boolean", text: value, start, end, line };
    if (/^[nN]one$/.test(value)) return { kind: "literal", type: "none", text: value, start, end, line };
    if (withNamespace && this.#tokens.skipIf("dot")) {
      const attribute = this.#tokens.expect("name").value;
      return { kind: "namespace-reference", name: value, attribute, start, end: this.#tokens.lastEnd, line };
    }
    return { kind: "name", name: value, context: "load", start, end, line };
  }

  #strings(): Literal {
    const { start, line } = this.#tokens.current;
    let text = "";
    while (!this.#tokens.failing && this.#tokens.at("string")) text += this.#tokens.next().value;
    return { kind: "literal", type: "string", text, start, end: this.#tokens.lastEnd, line };
  }

  #parenthesized(): Expression {
    const { start } = this.#tokens.next();
    const node = this.tuple({ parenthesized: true });
    this.#tokens.expect("rparen");
    if (node.kind !== "tuple" || !node.parenthesized) return node;
    return { ...node, start, end: this.#tokens.lastEnd };
  }

  #list(): Expression {
    const tokens = this.#tokens;
    const { start, line } = tokens.next();
    const items: Expression[] = [];
    while (!tokens.failing && !tokens.at("rbracket")) {
      if (items.length > 0) tokens.expect("comma");
      if (tokens.failing || tokens.at("rbracket")) break;
      items.push(this.#expression());
    }
    tokens.expect("rbracket");
    return { kind: "list", items, start, end: tokens.lastEnd, line };
  }

  #dict(): Expression {
    const tokens = this.#tokens;
    const { start, line } = tokens.next();
    const pairs: { key: Expression; value: Expression }[] = [];
    while (!tokens.failing && !tokens.at("rbrace")) {
      if (pairs.length > 0) tokens.expect("comma");
      if (tokens.failing || tokens.at("rbrace")) break;
      const key = this.#expression();
      tokens.expect("colon");
      pairs.push({ key, value: this.#expression() });
    }
    tokens.expect("rbrace");
    return { kind: "dict", pairs, start, end: tokens.lastEnd, line };
  }

  /**
   * One expression, or several with commas between them. Behind a comma the `in` or `recursive` of a loop is a name like
   * any other, as in Jinja: `for x, in y` does not parse.
   */
  tuple(options: TupleOptions = {}): Expression {
    const { simplified = false, withConditional = true, parenthesized = false } = options;
    const tokens = this.#tokens;
    const { start } = tokens.current;
    let { line } = tokens.current;
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) tokens.expect("comma");
      if (tokens.failing || tokens.atAny("variable_end", "block_end", "rparen")) break;
      items.push(simplified ? this.primary(options.withNamespace) : this.#expression(withConditional));
      if (tokens.failing || !tokens.at("comma")) break;
      isTuple = true;
      line = tokens.current.line;
    }
    if (!isTuple) {
      const [only] = items;
      if (only) return only;
      if (tokens.failing || !parenthesized) {
        tokens.fail(`Expected an expression, got ${repr(describeToken(tokens.current))}`);
        return missing(tokens);
      }
    }
    return { kind: "tuple", items, parenthesized, start, end: Math.max(start, tokens.lastEnd), line };
  }
}

/** A place where an expression should be. */
export function missing(tokens: TokenStream): Expression {
  const { start, line } = tokens.current;
  return { kind: "missing", start, end: start, line };
}
