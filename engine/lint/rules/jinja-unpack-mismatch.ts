import type { Span } from "../../problem.js";
import type { Expression, ListExpression, Target, TupleExpression } from "../../template/syntax/nodes.js";
import type { Fix } from "../finding.js";
import type { TemplateRule } from "../rule.js";
import type { TemplateContext } from "../template-context.js";

export const jinjaUnpackMismatch: TemplateRule = {
  kind: "template",
  meta: {
    code: "jinja-unpack-mismatch",
    title: "A loop or set with more or fewer names than values.",
    severity: "error",
    rejects: true,
    salt: 'Salt drops the whole file: "too many values to unpack" or "not enough values to unpack".',
    why: "(('a', 'b')) is the same as ('a', 'b'): the outer parentheses do nothing. One tuple in a list needs square brackets around it, or a comma behind it.",
    example: {
      bad: "app:\n  {% for version, build in (('1.4', '77')) %}\n  '{{ version }}':\n    full_name: 'App {{ version }}.{{ build }}'\n  {% endfor %}\n",
      good: "app:\n  {% for version, build in [('1.4', '77')] %}\n  '{{ version }}':\n    full_name: 'App {{ version }}.{{ build }}'\n  {% endfor %}\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const [node] of context.nodes) {
      if (node.kind === "for") checkLoop(context, node.target, context.valueOf(node.iterable));
      else if (node.kind === "set") checkOne(context, node.target, node.value);
    }
  },
};

function checkLoop(context: TemplateContext, target: Target, iterable: Expression): void {
  const names = targetNames(target);
  if (!names || !isSequence(iterable)) return;
  const items = iterable.items.map((item) => context.valueOf(item));
  const texts = items.every((item) => item.kind === "literal" && item.type === "string");
  if (texts && items.length === names.length && items.some((item) => !fits(item, names.length))) {
    const fix = wrap(context, iterable);
    const range = { start: iterable.start, end: iterable.end };
    context.report({
      range,
      message: `The loop takes ${names.length} names from each item, but its items are single texts: the ${names.length} of them are meant as one item.`,
      salt: 'Salt drops the whole file: "too many values to unpack".',
      advice: "Put the item in square brackets.",
      fix,
    });
    return;
  }
  for (const item of items) if (!fits(item, names.length)) reportItem(context, item, names.length);
}

function checkOne(context: TemplateContext, target: Target, value: Expression): void {
  const names = targetNames(target);
  if (names && !fits(value, names.length)) reportItem(context, value, names.length);
}

function reportItem(context: TemplateContext, item: Expression, expected: number): void {
  const count = countOf(item) as number;
  const range: Span = { start: item.start, end: item.end };
  const what = item.kind === "literal" ? `a text of ${count} characters` : `${count} value${count === 1 ? "" : "s"}`;
  const salt =
    count > expected
      ? `too many values to unpack (expected ${expected})`
      : `not enough values to unpack (expected ${expected}, got ${count})`;
  context.report({
    range,
    message: `${context.text(range)} is ${what} for ${expected} names.`,
    salt: `Salt drops the whole file: "${salt}".`,
    advice: "Give as many values as there are names.",
  });
}

function targetNames(target: Target): readonly Expression[] | undefined {
  return target.kind === "tuple" && target.items.length > 1 ? target.items : undefined;
}

function isSequence(node: Expression): node is TupleExpression | ListExpression {
  return node.kind === "tuple" || node.kind === "list";
}

/** How many values an expression unpacks to; undefined where only rendering knows. */
function countOf(node: Expression): number | undefined {
  if (isSequence(node)) return node.items.length;
  if (node.kind === "dict") return node.pairs.length;
  return node.kind === "literal" && node.type === "string" ? [...node.text].length : undefined;
}

function fits(node: Expression, expected: number): boolean {
  const count = countOf(node);
  return count === undefined || count === expected;
}

function wrap(context: TemplateContext, node: TupleExpression | ListExpression): Fix {
  const range = { start: node.start, end: node.end };
  const text = context.text(range);
  const isPlain = node.kind === "tuple" && !node.parenthesized;
  const item = node.kind === "list" ? `(${text.slice(1, -1).trim()})` : isPlain ? `(${text})` : text;
  return { title: `Make it a list of one item: [${item}]`, edits: [{ range, newText: `[${item}]` }] };
}
