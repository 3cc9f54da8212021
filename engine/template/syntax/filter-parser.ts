import type { Span } from "../../problem.js";
import type { Arguments, Expression, FilterExpression } from "./nodes.js";
import { noArguments, type PostfixParser } from "./postfix-parser.js";
import type { PrimaryParser } from "./primary-parser.js";
import type { TokenStream } from "./token-stream.js";

/** `value|filter(…)` and `value is test(…)`. */
export class FilterParser {
  readonly #tokens: TokenStream;
  readonly #primaries: PrimaryParser;
  readonly #postfixes: PostfixParser;

  constructor(tokens: TokenStream, primaries: PrimaryParser, postfixes: PostfixParser) {
    this.#tokens = tokens;
    this.#primaries = primaries;
    this.#postfixes = postfixes;
  }

  filtersAndTests(node: Expression): Expression {
    const tokens = this.#tokens;
    for (let result = node; ; ) {
      if (tokens.failing) return result;
      if (tokens.at("pipe")) result = this.filters(result) ?? result;
      else if (tokens.at("name:is")) result = this.#test(result);
      else if (tokens.at("lparen")) result = this.#postfixes.call(result);
      else return result;
    }
  }

  /** `|name(…)|name…`; with `startInline` the first stands without its bar, as in a filter block. */
  filters(node: Expression | undefined, startInline = false): FilterExpression | undefined {
    const tokens = this.#tokens;
    let filtered: FilterExpression | undefined;
    for (let inline = startInline; inline || (!tokens.failing && tokens.at("pipe")); inline = false) {
      if (!inline) tokens.next();
      const input: Expression | undefined = filtered ?? node;
      const { name, nameSpan, line } = this.#dottedName();
      const args = !tokens.failing && tokens.at("lparen") ? this.#postfixes.arguments() : noArguments;
      const start = input?.start ?? nameSpan.start;
      filtered = { kind: "filter", node: input, name, nameSpan, arguments: args, start, end: tokens.lastEnd, line };
    }
    return filtered;
  }

  #dottedName(): { name: string; nameSpan: Span; line: number } {
    const { value, start, line } = this.#tokens.expect("name");
    let name = value;
    while (this.#tokens.skipIf("dot")) name += `.${this.#tokens.expect("name").value}`;
    return { name, nameSpan: { start, end: Math.max(start, this.#tokens.lastEnd) }, line };
  }

  #test(node: Expression): Expression {
    const { line, start: isStart } = this.#tokens.next();
    const negated = this.#tokens.skipIf("name:not");
    const { name, nameSpan } = this.#dottedName();
    const args = this.#testArguments();
    const { start } = node;
    const end = Math.max(this.#tokens.lastEnd, isStart);
    const result: Expression = { kind: "test", node, name, nameSpan, arguments: args, start, end, line };
    return negated ? { kind: "unary", operator: "not", node: result, start, end, line } : result;
  }

  #testArguments(): Arguments {
    const tokens = this.#tokens;
    if (tokens.failing) return noArguments;
    if (tokens.at("lparen")) return this.#postfixes.arguments();
    if (!tokens.atAny("name", "string", "integer", "float", "lbracket", "lbrace")) return noArguments;
    if (tokens.atAny("name:else", "name:or", "name:and")) return noArguments;
    if (tokens.at("name:is")) tokens.fail("You cannot chain multiple tests with is");
    return { ...noArguments, args: [this.#postfixes.postfix(this.#primaries.primary())] };
  }
}
