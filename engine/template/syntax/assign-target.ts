import type { BinaryExpression, Expression, Name } from "./nodes.js";
import type { PrimaryParser } from "./primary-parser.js";
import type { TokenStream } from "./token-stream.js";

/** Something that may be assigned to; its names are being set. */
export function parseAssignTarget(
  tokens: TokenStream,
  primaries: PrimaryParser,
  options: { withNamespace?: boolean } = {},
): Expression {
  const target = withContext(primaries.tuple({ ...options, simplified: true }), "store");
  if (!assignable(target)) {
    const { start, end, line } = target;
    tokens.fail(`can't assign to '${jinjaNodeName(target)}'`, { line, range: { start, end } });
  }
  return target;
}

/** A single name that is set. */
export function parseNameTarget(tokens: TokenStream): Name {
  const { value: name, start, end, line } = tokens.expect("name");
  if (/^([tT]rue|[fF]alse|[nN]one)$/.test(name)) tokens.fail("can't assign to 'name'", { line, range: { start, end } });
  return { kind: "name", name, context: "store", start, end, line };
}

/** The target with that context in all of its names. */
export function withContext(target: Expression, context: Name["context"]): Expression {
  if (target.kind === "name") return { ...target, context };
  return target.kind === "tuple"
    ? { ...target, items: target.items.map((item) => withContext(item, context)) }
    : target;
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
