import type { Expression } from "../../template/syntax/nodes.js";
import type { TemplateRule } from "../rule.js";

export const jinjaLoopOverString: TemplateRule = {
  kind: "template",
  meta: {
    code: "jinja-loop-over-string",
    title: "A loop over a text, which gives its characters.",
    severity: "error",
    rejects: true,
    salt: "The loop runs once for each character; the versions become '1', '.', '4', …, and mostly Salt drops the file because one of them comes twice.",
    why: "Parentheses around one text do not make a tuple; a comma or square brackets do.",
    example: {
      bad: "app:\n  {% for version in ('1.4') %}\n  '{{ version }}':\n    full_name: 'App {{ version }}'\n  {% endfor %}\n",
      good: "app:\n  {% for version in ['1.4'] %}\n  '{{ version }}':\n    full_name: 'App {{ version }}'\n  {% endfor %}\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const [node] of context.nodes) {
      if (node.kind !== "for" || node.target.kind !== "name") continue;
      const value: Expression = context.valueOf(node.iterable);
      if (value.kind !== "literal" || value.type !== "string" || value.text.length < 2) continue;
      const range = { start: value.start, end: value.end };
      context.report({
        range,
        message: `The loop over ${context.text(range)} runs once for each of its ${[...value.text].length} characters.`,
        advice: "Write a list: [ … ].",
        covers: { start: node.start, end: node.end },
        fix: {
          title: `Make it a list: [${context.text(range)}]`,
          edits: [{ range, newText: `[${context.text(range)}]` }],
        },
      });
    }
  },
};
