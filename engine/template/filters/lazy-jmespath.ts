import jmespath from "jmespath";

/** An expression's syntax tree, as far as its growth goes. */
export interface QueryNode {
  readonly type: string;
  readonly value?: unknown;
  readonly children?: readonly QueryNode[];
}

/** @throws LexerError, ParserError */
export function parseQuery(expression: string): QueryNode {
  // The declarations leave `compile` out.
  return (jmespath as typeof jmespath & { compile(expression: string): QueryNode }).compile(expression);
}

/** @param data plain JSON */
export function runQuery(data: unknown, expression: string): unknown {
  return jmespath.search(data, expression);
}
