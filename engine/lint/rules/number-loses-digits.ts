import type { Literal, LoadBlock, Node } from "../../template/syntax/nodes.js";
import { repr, str } from "../../value/repr.js";
import { PyFloat } from "../../value/types.js";
import { loadYaml } from "../../yaml/index.js";
import type { YamlNode } from "../../yaml/node.js";
import type { TemplateRule } from "../rule.js";
import type { TemplateContext } from "../template-context.js";

export const numberLosesDigits: TemplateRule = {
  kind: "template",
  meta: {
    code: "number-loses-digits",
    title: "A version in a list that is written as a number.",
    severity: "warning",
    salt: "2.10 is the number 2.1 to Jinja and YAML, and prints so: the package gets a version that nobody wrote.",
    why: "Numbers forget zeros at their end. Lists of versions need quotes as soon as one ends in a zero; numbers that happen to print as they are written are only hinted at.",
    example: {
      bad: "{% load_yaml as versions %}\n- 3006.10\n- 3006.9\n{% endload %}\napp:\n  {% for version in versions %}\n  '{{ version }}':\n    full_name: 'App {{ version }}'\n  {% endfor %}\n",
      good: "{% load_yaml as versions %}\n- '3006.10'\n- '3006.9'\n{% endload %}\napp:\n  {% for version in versions %}\n  '{{ version }}':\n    full_name: 'App {{ version }}'\n  {% endfor %}\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const [node, ancestors] of context.nodes) {
      if (node.kind === "load" && node.format === "yaml") checkBlock(context, node);
      else if (node.kind === "literal" && node.type === "float" && isInList(ancestors)) checkLiteral(context, node);
    }
  },
};

function isInList(ancestors: readonly Node[]): boolean {
  const parent = ancestors.at(-1);
  const isItem = parent?.kind === "list" || parent?.kind === "tuple" || parent?.kind === "dict";
  return isItem && ancestors.every(({ kind }) => !/^(call|filter|comparison|binary|item|test)$/.test(kind));
}

function checkLiteral(context: TemplateContext, node: Literal): void {
  report(context, node, node.text, str(new PyFloat(Number(node.text.replaceAll("_", "")))));
}

/** Only a block of plain text can be read before it is rendered. */
function checkBlock(context: TemplateContext, block: LoadBlock): void {
  const [output] = block.body;
  const text = output?.kind === "output" && output.nodes.length === 1 ? output.nodes[0] : undefined;
  if (block.body.length !== 1 || text?.kind !== "text") return;
  const { root } = loadYaml(text.text);
  // A stripped block begins behind its blanks.
  const start = context.source.indexOf(text.text, block.tag.end);
  if (root && start >= 0) checkYaml(context, root, start, false);
}

function checkYaml(context: TemplateContext, node: YamlNode, shift: number, inList: boolean): void {
  if (node.kind === "sequence") {
    for (const item of node.items) checkYaml(context, item, shift, true);
  } else if (node.kind === "mapping") {
    for (const pair of node.pairs) {
      checkYaml(context, pair.key, shift, true);
      checkYaml(context, pair.value, shift, true);
    }
  } else if (inList && node.style === "plain" && node.value instanceof PyFloat) {
    const range = { start: node.span.start + shift, end: node.span.end + shift };
    report(context, range, context.text(range), repr(node.value));
  }
}

function report(
  context: TemplateContext,
  { start, end }: { start: number; end: number },
  written: string,
  printed: string,
): void {
  const loses = written !== printed;
  const range = { start, end };
  context.report({
    range,
    severity: loses ? "warning" : "hint",
    message: loses
      ? `${written} is a number here and prints as ${printed}.`
      : `${written} is a number here; it prints as it is written, but the next version may not.`,
    salt: loses
      ? `${written} is the number ${printed} to Jinja and YAML: the package gets a version that nobody wrote.`
      : `${written} is a number to Jinja and YAML, and numbers forget zeros at their end.`,
    advice: "Put it in quotes.",
    fix: { title: `Quote it: '${written}'`, edits: [{ range, newText: `'${written}'` }] },
  });
}
