import type { Span } from "../../problem.js";
import type { Arguments, BinaryExpression, ComparisonOperator, Expression, FilterExpression } from "./nodes.js";
import { PrimaryParser } from "./primary-parser.js";
import type { Token, TokenType } from "./token.js";

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

/** The expressions of Jinja 2, one method per level of precedence, loosest first. Lines are those that Jinja's nodes get. */
export class ExpressionParser extends PrimaryParser {
  private depth = 0;

  protected override expression(withConditional = true): Expression {
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

  private filtersAndTests(node: Expression): Expression {
    for (let result = node; ; ) {
      if (this.failing) return result;
      if (this.at("pipe")) result = this.filters(result) ?? result;
      else if (this.at("name:is")) result = this.test(result);
      else if (this.at("lparen")) result = this.call(result);
      else return result;
    }
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
