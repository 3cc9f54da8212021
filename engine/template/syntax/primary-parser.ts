import type { Span } from "../../problem.js";
import { repr } from "../../value/repr.js";
import type { Arguments, Expression, Literal } from "./nodes.js";
import { describeToken, type Token } from "./token.js";
import { TokenStream } from "./token-stream.js";

interface TupleOptions {
  /** Only names and literals: the targets of assignments. */
  readonly simplified?: boolean;
  readonly withConditional?: boolean;
  readonly parenthesized?: boolean;
  readonly withNamespace?: boolean;
}

/** What binds tightest: names, literals, brackets, and what may follow them directly. */
export abstract class PrimaryParser extends TokenStream {
  /** Any expression; without conditionals where an `if` means something else. */
  protected abstract expression(withConditional?: boolean): Expression;

  /** A name, a literal or something in brackets. */
  protected primary(withNamespace = false): Expression {
    const token = this.current;
    const { start, end, line } = token;
    switch (this.failing ? "error" : token.type) {
      case "name":
        this.next();
        return this.nameOrWord(token, withNamespace);
      case "string":
        return this.strings();
      case "integer":
      case "float":
        this.next();
        return { kind: "literal", type: token.type as "integer" | "float", text: token.value, start, end, line };
      case "lparen":
        return this.parenthesized();
      case "lbracket":
        return this.list();
      case "lbrace":
        return this.dict();
      default:
        this.fail(`unexpected ${repr(describeToken(token))}`, { line });
        return this.missing();
    }
  }

  private nameOrWord(token: Token, withNamespace: boolean): Expression {
    const { value, start, end, line } = token;
    if (/^([tT]rue|[fF]alse)$/.test(value)) return { kind: "literal", type: "boolean", text: value, start, end, line };
    if (/^[nN]one$/.test(value)) return { kind: "literal", type: "none", text: value, start, end, line };
    if (withNamespace && this.skipIf("dot")) {
      const attribute = this.expect("name").value;
      return { kind: "namespace-reference", name: value, attribute, start, end: this.lastEnd, line };
    }
    return { kind: "name", name: value, context: "load", start, end, line };
  }

  private strings(): Literal {
    const { start, line } = this.current;
    let text = "";
    while (!this.failing && this.at("string")) text += this.next().value;
    return { kind: "literal", type: "string", text, start, end: this.lastEnd, line };
  }

  private parenthesized(): Expression {
    const { start } = this.next();
    const node = this.tuple({ parenthesized: true });
    this.expect("rparen");
    if (node.kind !== "tuple" || !node.parenthesized) return node;
    return { ...node, start, end: this.lastEnd };
  }

  private list(): Expression {
    const { start, line } = this.next();
    const items: Expression[] = [];
    while (!this.failing && !this.at("rbracket")) {
      if (items.length > 0) this.expect("comma");
      if (this.failing || this.at("rbracket")) break;
      items.push(this.expression());
    }
    this.expect("rbracket");
    return { kind: "list", items, start, end: this.lastEnd, line };
  }

  private dict(): Expression {
    const { start, line } = this.next();
    const pairs: { key: Expression; value: Expression }[] = [];
    while (!this.failing && !this.at("rbrace")) {
      if (pairs.length > 0) this.expect("comma");
      if (this.failing || this.at("rbrace")) break;
      const key = this.expression();
      this.expect("colon");
      pairs.push({ key, value: this.expression() });
    }
    this.expect("rbrace");
    return { kind: "dict", pairs, start, end: this.lastEnd, line };
  }

  /**
   * One expression, or several with commas between them. Behind a comma the `in` or `recursive` of a loop is a name like
   * any other, as in Jinja: `for x, in y` does not parse.
   */
  protected tuple(options: TupleOptions = {}): Expression {
    const { simplified = false, withConditional = true, parenthesized = false } = options;
    const { start } = this.current;
    let { line } = this.current;
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.expect("comma");
      if (this.failing || this.at("variable_end", "block_end", "rparen")) break;
      items.push(simplified ? this.primary(options.withNamespace) : this.expression(withConditional));
      if (this.failing || !this.at("comma")) break;
      isTuple = true;
      line = this.current.line;
    }
    if (!isTuple) {
      const [only] = items;
      if (only) return only;
      if (this.failing || !parenthesized) {
        this.fail(`Expected an expression, got ${repr(describeToken(this.current))}`);
        return this.missing();
      }
    }
    return { kind: "tuple", items, parenthesized, start, end: Math.max(start, this.lastEnd), line };
  }

  protected postfix(node: Expression): Expression {
    for (let result = node; ; ) {
      if (this.failing) return result;
      if (this.at("dot")) result = this.attribute(result);
      else if (this.at("lbracket")) result = this.item(result);
      else if (this.at("lparen")) result = this.call(result);
      else return result;
    }
  }

  private attribute(node: Expression): Expression {
    const dot = this.next();
    const token = this.current;
    const { line } = dot;
    if (!this.failing && token.type === "integer") {
      this.next();
      const argument: Literal = { ...token, kind: "literal", type: "integer", text: token.value };
      return { kind: "item", node, argument, start: node.start, end: token.end, line };
    }
    if (!this.failing && token.type === "name") {
      this.next();
      const attributeSpan = { start: token.start, end: token.end };
      return {
        kind: "attribute",
        node,
        attribute: token.value,
        attributeSpan,
        start: node.start,
        end: token.end,
        line,
      };
    }
    // Jinja takes the token before it looks at it, so what the lexer says of the next one comes first.
    if (token.type !== "eof") this.next();
    const range = token.type.endsWith("_end") || token.type === "eof" ? dot : token;
    this.fail("expected name or number", { line: token.line, range: { start: range.start, end: range.end } });
    const attributeSpan = { start: dot.end, end: dot.end };
    return { kind: "attribute", node, attribute: "", attributeSpan, start: node.start, end: dot.end, line };
  }

  private item(node: Expression): Expression {
    const { line, end } = this.next();
    const args: Expression[] = [];
    while (!this.failing && !this.at("rbracket")) {
      if (args.length > 0) this.expect("comma");
      args.push(this.subscribed());
    }
    this.expect("rbracket");
    const [only] = args;
    const argument: Expression =
      only && args.length === 1
        ? only
        : { kind: "tuple", items: args, parenthesized: false, start: end, end: Math.max(end, this.lastEnd - 1), line };
    return { kind: "item", node, argument, start: node.start, end: this.lastEnd, line };
  }

  private subscribed(): Expression {
    const { start, line } = this.current;
    let from: Expression | undefined;
    if (!this.at("colon")) {
      from = this.expression();
      if (this.failing || !this.at("colon")) return from;
    }
    this.next();
    const to = this.at("colon", "rbracket", "comma") ? undefined : this.expression();
    const step = this.skipIf("colon") && !this.at("rbracket", "comma") ? this.expression() : undefined;
    return { kind: "slice", from, to, step, start, end: this.lastEnd, line };
  }

  protected call(callee: Expression): Expression {
    const { line } = this.current;
    return { kind: "call", callee, arguments: this.callArguments(), start: callee.start, end: this.lastEnd, line };
  }

  protected callArguments(): Arguments {
    const open = this.expect("lparen");
    const args: Expression[] = [];
    const kwargs: { name: string; nameSpan: Span; value: Expression }[] = [];
    let dynamicArgs: Expression | undefined;
    let dynamicKwargs: Expression | undefined;
    const ensure = (valid: boolean) => {
      if (!valid) this.fail("invalid syntax for function call expression", { line: open.line });
    };
    let requireComma = false;
    while (!this.failing && !this.at("rparen")) {
      if (requireComma) {
        this.expect("comma");
        if (this.failing || this.at("rparen")) break;
      }
      if (this.at("mul")) {
        ensure(dynamicArgs === undefined && dynamicKwargs === undefined);
        this.next();
        dynamicArgs = this.expression();
      } else if (this.at("pow")) {
        ensure(dynamicKwargs === undefined);
        this.next();
        dynamicKwargs = this.expression();
      } else if (this.at("name") && this.following.type === "assign") {
        ensure(dynamicKwargs === undefined);
        const name = this.next();
        this.next();
        kwargs.push({ name: name.value, nameSpan: { start: name.start, end: name.end }, value: this.expression() });
      } else {
        ensure(dynamicArgs === undefined && dynamicKwargs === undefined && kwargs.length === 0);
        args.push(this.expression());
      }
      requireComma = true;
    }
    this.expect("rparen");
    return { args, kwargs, dynamicArgs, dynamicKwargs, parentheses: { start: open.start, end: this.lastEnd } };
  }

  /** A place where an expression should be. */
  protected missing(): Expression {
    const { start, line } = this.current;
    return { kind: "missing", start, end: start, line };
  }
}
