import type { Span } from "../../problem.js";
import { repr } from "../../value/repr.js";
import type {
  Arguments,
  BinaryExpression,
  ComparisonOperator,
  Expression,
  FilterExpression,
  Literal,
} from "./nodes.js";
import { describeToken, type Token, type TokenType } from "./token.js";
import { TokenStream } from "./token-stream.js";

const comparisons: Partial<Record<TokenType, ComparisonOperator>> = {
  eq: "==",
  ne: "!=",
  lt: "<",
  lteq: "<=",
  gt: ">",
  gteq: ">=",
};

const sums: Partial<Record<TokenType, BinaryExpression["operator"]>> = { add: "+", sub: "-" };
const products: Partial<Record<TokenType, BinaryExpression["operator"]>> = {
  mul: "*",
  div: "/",
  floordiv: "//",
  mod: "%",
};

const noArguments: Arguments = {
  args: [],
  kwargs: [],
  dynamicArgs: undefined,
  dynamicKwargs: undefined,
  parentheses: undefined,
};

/** How far expressions may nest in one another; Python's own stack ends at about the same place. */
const depthLimit = 150;

interface TupleOptions {
  /** Only names and literals: the targets of assignments. */
  readonly simplified?: boolean;
  readonly withConditional?: boolean;
  readonly parenthesized?: boolean;
  readonly withNamespace?: boolean;
}

/** The expressions of Jinja 2, one method per level of precedence, loosest first. Lines are those that Jinja's nodes get. */
export class ExpressionParser extends TokenStream {
  private depth = 0;

  protected expression(withConditional = true): Expression {
    if (this.depth >= depthLimit) {
      this.fail("maximum recursion depth exceeded", { code: "jinja-budget", exception: "RecursionError" });
      return this.missing();
    }
    this.depth += 1;
    try {
      return withConditional ? this.conditional() : this.or();
    } finally {
      this.depth -= 1;
    }
  }

  private conditional(): Expression {
    let { line } = this.current;
    let node = this.or();
    while (this.skipIf("name:if")) {
      const test = this.or();
      const otherwise = this.skipIf("name:else") ? this.expression() : undefined;
      node = { kind: "conditional", test, chosen: node, otherwise, start: node.start, end: this.lastEnd, line };
      line = this.current.line;
    }
    return node;
  }

  private or(): Expression {
    let { line } = this.current;
    let left = this.and();
    while (this.skipIf("name:or")) {
      left = this.binary("or", left, this.and(), line);
      line = this.current.line;
    }
    return left;
  }

  private and(): Expression {
    let { line } = this.current;
    let left = this.not();
    while (this.skipIf("name:and")) {
      left = this.binary("and", left, this.not(), line);
      line = this.current.line;
    }
    return left;
  }

  private not(): Expression {
    const signs: Token[] = [];
    while (!this.failing && this.at("name:not")) signs.push(this.next());
    let node = this.comparison();
    for (const { start, line } of signs.reverse()) {
      node = { kind: "unary", operator: "not", node, start, end: node.end, line };
    }
    return node;
  }

  private comparison(): Expression {
    let { line } = this.current;
    const first = this.sum();
    const rest: { operator: ComparisonOperator; node: Expression }[] = [];
    while (!this.failing) {
      const operator = this.comparisonOperator();
      if (operator === undefined) break;
      rest.push({ operator, node: this.sum() });
      line = this.current.line;
    }
    if (rest.length === 0) return first;
    return { kind: "comparison", first, rest, start: first.start, end: this.lastEnd, line };
  }

  private comparisonOperator(): ComparisonOperator | undefined {
    const operator = comparisons[this.current.type];
    if (operator !== undefined) this.next();
    else if (this.skipIf("name:in")) return "in";
    else if (this.at("name:not") && this.following.type === "name" && this.following.value === "in") {
      this.next();
      this.next();
      return "not in";
    }
    return operator;
  }

  private sum(): Expression {
    return this.leftAssociative(sums, () => this.concatenation());
  }

  private concatenation(): Expression {
    const { line } = this.current;
    const first = this.product();
    const nodes = [first];
    while (this.skipIf("tilde")) nodes.push(this.product());
    if (nodes.length === 1) return first;
    return { kind: "concatenation", nodes, start: first.start, end: this.lastEnd, line };
  }

  private product(): Expression {
    return this.leftAssociative(products, () => this.leftAssociative({ pow: "**" }, () => this.unary()));
  }

  private leftAssociative(
    operators: Partial<Record<TokenType, BinaryExpression["operator"]>>,
    operand: () => Expression,
  ): Expression {
    let { line } = this.current;
    let left = operand();
    for (;;) {
      const operator = this.failing ? undefined : operators[this.current.type];
      if (operator === undefined) return left;
      this.next();
      left = this.binary(operator, left, operand(), line);
      line = this.current.line;
    }
  }

  private binary(
    operator: BinaryExpression["operator"],
    left: Expression,
    right: Expression,
    line: number,
  ): Expression {
    return { kind: "binary", operator, left, right, start: left.start, end: Math.max(left.end, right.end), line };
  }

  /** Signs bind looser than calls and subscripts, and filters looser than signs: `-1|abs` is 1. */
  private unary(): Expression {
    const signs: Token[] = [];
    while (!this.failing && this.at("sub", "add")) signs.push(this.next());
    let node = this.postfix(this.primary());
    for (const { type, start, line } of signs.reverse()) {
      const operator = type === "sub" ? "-" : "+";
      node = this.postfix({ kind: "unary", operator, node, start, end: node.end, line });
    }
    return this.filtersAndTests(node);
  }

  /** A name, a literal or something in brackets. */
  private primary(withNamespace = false): Expression {
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

  private filtersAndTests(node: Expression): Expression {
    for (let result = node; ; ) {
      if (this.failing) return result;
      if (this.at("pipe")) result = this.filters(result) ?? result;
      else if (this.at("name:is")) result = this.test(result);
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

  private call(callee: Expression): Expression {
    const { line } = this.current;
    return { kind: "call", callee, arguments: this.callArguments(), start: callee.start, end: this.lastEnd, line };
  }

  private callArguments(): Arguments {
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

  /** `|name(…)|name…`; with `startInline` the first stands without its bar, as in a filter block. */
  protected filters(node: Expression | undefined, startInline = false): FilterExpression | undefined {
    let filtered: FilterExpression | undefined;
    for (let inline = startInline; inline || (!this.failing && this.at("pipe")); inline = false) {
      if (!inline) this.next();
      const input: Expression | undefined = filtered ?? node;
      const { name, nameSpan, line } = this.dottedName();
      const args = !this.failing && this.at("lparen") ? this.callArguments() : noArguments;
      const start = input?.start ?? nameSpan.start;
      filtered = { kind: "filter", node: input, name, nameSpan, arguments: args, start, end: this.lastEnd, line };
    }
    return filtered;
  }

  private dottedName(): { name: string; nameSpan: Span; line: number } {
    const { value, start, line } = this.expect("name");
    let name = value;
    while (this.skipIf("dot")) name += `.${this.expect("name").value}`;
    return { name, nameSpan: { start, end: Math.max(start, this.lastEnd) }, line };
  }

  private test(node: Expression): Expression {
    const { line, start: isStart } = this.next();
    const negated = this.skipIf("name:not");
    const { name, nameSpan } = this.dottedName();
    const args = this.testArguments();
    const result: Expression = {
      kind: "test",
      node,
      name,
      nameSpan,
      arguments: args,
      start: node.start,
      end: Math.max(this.lastEnd, isStart),
      line,
    };
    if (!negated) return result;
    return { kind: "unary", operator: "not", node: result, start: result.start, end: result.end, line };
  }

  private testArguments(): Arguments {
    if (this.failing) return noArguments;
    if (this.at("lparen")) return this.callArguments();
    if (!this.at("name", "string", "integer", "float", "lbracket", "lbrace")) return noArguments;
    if (this.at("name:else", "name:or", "name:and")) return noArguments;
    if (this.at("name:is")) this.fail("You cannot chain multiple tests with is");
    return { ...noArguments, args: [this.postfix(this.primary())] };
  }

  /** A place where an expression should be. */
  protected missing(): Expression {
    const { start, line } = this.current;
    return { kind: "missing", start, end: start, line };
  }

  /** Something that may be assigned to; its names are being set. */
  protected assignTarget(options: { withNamespace?: boolean } = {}): Expression {
    const target = storing(this.tuple({ ...options, simplified: true }));
    if (!assignable(target))
      this.fail(`can't assign to '${jinjaNodeName(target)}'`, { line: target.line, range: spanOf(target) });
    return target;
  }
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function storing(target: Expression): Expression {
  if (target.kind === "name") return { ...target, context: "store" };
  return target.kind === "tuple" ? { ...target, items: target.items.map(storing) } : target;
}

function assignable(target: Expression): boolean {
  if (target.kind === "tuple") return target.items.every(assignable);
  return target.kind === "name" || target.kind === "namespace-reference" || target.kind === "missing";
}

const nodeNames: Partial<Record<Expression["kind"] | BinaryExpression["operator"], string>> = {
  literal: "const",
  conditional: "condexpr",
  attribute: "getattr",
  item: "getitem",
  concatenation: "concat",
  comparison: "compare",
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
};

/** The name of Jinja's class for an expression, in lower case. */
function jinjaNodeName(node: Expression): string {
  if (node.kind === "unary") return { not: "not", "-": "neg", "+": "pos" }[node.operator];
  if (node.kind === "binary") return nodeNames[node.operator] ?? node.operator;
  return nodeNames[node.kind] ?? node.kind;
}
