import { parseAssignTarget } from "./assign-target.js";
import { FilterParser } from "./filter-parser.js";
import type { BinaryExpression, ComparisonOperator, Expression, FilterExpression } from "./nodes.js";
import { PostfixParser } from "./postfix-parser.js";
import { missing, PrimaryParser, type TupleOptions } from "./primary-parser.js";
import type { Token, TokenType } from "./token.js";
import type { TokenStream } from "./token-stream.js";

const comparisons: Partial<Record<TokenType, ComparisonOperator>> = {
  eq: "==",
  ne: "!=",
  lt: "<",
  lteq: "<=",
  gt: ">",
  gteq: ">=",
};

type BinaryOperators = Partial<Record<TokenType, BinaryExpression["operator"]>>;

const sums: BinaryOperators = { add: "+", sub: "-" };
const products: BinaryOperators = { mul: "*", div: "/", floordiv: "//", mod: "%" };
const powers: BinaryOperators = { pow: "**" };

/** How far expressions may nest in one another; Python's own stack ends at about the same place. */
const depthLimit = 150;

/** The expressions of Jinja 2, one method per level of precedence, loosest first. Lines are those that Jinja's nodes get. */
export class ExpressionParser {
  readonly #tokens: TokenStream;
  readonly #primaries: PrimaryParser;
  readonly #postfixes: PostfixParser;
  readonly #filters: FilterParser;
  #depth = 0;

  constructor(tokens: TokenStream) {
    const nested = (withConditional?: boolean) => this.expression(withConditional);
    this.#tokens = tokens;
    this.#primaries = new PrimaryParser(tokens, nested);
    this.#postfixes = new PostfixParser(tokens, nested);
    this.#filters = new FilterParser(tokens, this.#primaries, this.#postfixes);
  }

  /** Any expression but a tuple without parentheses. */
  expression(withConditional = true): Expression {
    if (this.#depth >= depthLimit) {
      this.#tokens.fail(`An expression nests more than ${depthLimit} levels.`, { code: "jinja-budget" });
      return missing(this.#tokens);
    }
    this.#depth += 1;
    try {
      return withConditional ? this.#conditional() : this.#or();
    } finally {
      this.#depth -= 1;
    }
  }

  /** One expression, or several with commas between them. */
  tuple(options?: TupleOptions): Expression {
    return this.#primaries.tuple(options);
  }

  /** The filters of a block: `|name(…)|name…`; with `startInline` the first stands without its bar. */
  filters(startInline = false): FilterExpression | undefined {
    return this.#filters.filters(undefined, startInline);
  }

  /** Something that may be assigned to; its names are being set. */
  assignTarget(options?: { withNamespace?: boolean }): Expression {
    return parseAssignTarget(this.#tokens, this.#primaries, options);
  }

  #conditional(): Expression {
    const tokens = this.#tokens;
    let { line } = tokens.current;
    let node = this.#or();
    while (tokens.skipIf("name:if")) {
      const test = this.#or();
      const otherwise = tokens.skipIf("name:else") ? this.expression() : undefined;
      node = { kind: "conditional", test, chosen: node, otherwise, start: node.start, end: tokens.lastEnd, line };
      line = tokens.current.line;
    }
    return node;
  }

  #or(): Expression {
    let { line } = this.#tokens.current;
    let left = this.#and();
    while (this.#tokens.skipIf("name:or")) {
      left = binary("or", left, this.#and(), line);
      line = this.#tokens.current.line;
    }
    return left;
  }

  #and(): Expression {
    let { line } = this.#tokens.current;
    let left = this.#not();
    while (this.#tokens.skipIf("name:and")) {
      left = binary("and", left, this.#not(), line);
      line = this.#tokens.current.line;
    }
    return left;
  }

  #not(): Expression {
    const signs: Token[] = [];
    while (!this.#tokens.failing && this.#tokens.at("name:not")) signs.push(this.#tokens.next());
    let node = this.#comparison();
    for (const { start, line } of signs.reverse()) {
      node = { kind: "unary", operator: "not", node, start, end: node.end, line };
    }
    return node;
  }

  #comparison(): Expression {
    const tokens = this.#tokens;
    let { line } = tokens.current;
    const first = this.#sum();
    const rest: { operator: ComparisonOperator; node: Expression }[] = [];
    while (!tokens.failing) {
      const operator = this.#comparisonOperator();
      if (operator === undefined) break;
      rest.push({ operator, node: this.#sum() });
      line = tokens.current.line;
    }
    if (rest.length === 0) return first;
    return { kind: "comparison", first, rest, start: first.start, end: tokens.lastEnd, line };
  }

  #comparisonOperator(): ComparisonOperator | undefined {
    const tokens = this.#tokens;
    const operator = comparisons[tokens.current.type];
    if (operator !== undefined) tokens.next();
    else if (tokens.skipIf("name:in")) return "in";
    else if (tokens.at("name:not") && tokens.following.type === "name" && tokens.following.value === "in") {
      tokens.next();
      tokens.next();
      return "not in";
    }
    return operator;
  }

  #sum(): Expression {
    return this.#leftAssociative(sums, this.#concatenation);
  }

  #concatenation(): Expression {
    const { line } = this.#tokens.current;
    const first = this.#product();
    const nodes = [first];
    while (this.#tokens.skipIf("tilde")) nodes.push(this.#product());
    if (nodes.length === 1) return first;
    return { kind: "concatenation", nodes, start: first.start, end: this.#tokens.lastEnd, line };
  }

  #product(): Expression {
    return this.#leftAssociative(products, this.#power);
  }

  #power(): Expression {
    return this.#leftAssociative(powers, this.#unary);
  }

  #leftAssociative(operators: BinaryOperators, operand: (this: ExpressionParser) => Expression): Expression {
    const tokens = this.#tokens;
    let { line } = tokens.current;
    let left = operand.call(this);
    for (;;) {
      const operator = tokens.failing ? undefined : operators[tokens.current.type];
      if (operator === undefined) return left;
      tokens.next();
      left = binary(operator, left, operand.call(this), line);
      line = tokens.current.line;
    }
  }

  /** Signs bind looser than calls and subscripts, and filters looser than signs: `-1|abs` is 1. */
  #unary(): Expression {
    const tokens = this.#tokens;
    const signs: Token[] = [];
    while (!tokens.failing && tokens.atAny("sub", "add")) signs.push(tokens.next());
    let node = this.#postfixes.postfix(this.#primaries.primary());
    for (const { type, start, line } of signs.reverse()) {
      const operator = type === "sub" ? "-" : "+";
      node = this.#postfixes.postfix({ kind: "unary", operator, node, start, end: node.end, line });
    }
    return this.#filters.filtersAndTests(node);
  }
}

function binary(operator: BinaryExpression["operator"], left: Expression, right: Expression, line: number): Expression {
  return { kind: "binary", operator, left, right, start: left.start, end: Math.max(left.end, right.end), line };
}
