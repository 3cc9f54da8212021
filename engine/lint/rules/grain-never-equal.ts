import type { Comparison, Expression } from "../../template/syntax/nodes.js";
import type { TemplateRule } from "../rule.js";
import type { TemplateContext } from "../template-context.js";

/** What these grains are on Windows; a text that differs from one of them by its case alone equals none. */
const windowsGrains: ReadonlyMap<string, readonly string[]> = new Map([
  ["cpuarch", ["AMD64", "x86", "ARM64"]],
  ["osarch", ["64-bit", "32-bit"]],
  ["os", ["Windows"]],
  ["os_family", ["Windows"]],
  ["kernel", ["Windows"]],
]);

/** What other systems and tools call the values of cpuarch. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["x86_64", "AMD64"],
  ["x64", "AMD64"],
  ["i386", "x86"],
  ["i686", "x86"],
]);

export const grainNeverEqual: TemplateRule = {
  kind: "template",
  meta: {
    code: "grain-never-equal",
    title: "A comparison with a value that the grain never has on Windows.",
    severity: "warning",
    salt: "Python compares letter by letter: the condition is the same on every machine, and one of its branches never counts.",
    why: "The grain cpuarch of a 64-bit Windows is AMD64, in capitals; that of a 32-bit Windows is x86. `amd64` and `x86_64` are what Linux and downloads say.",
    example: {
      bad: "app:\n  '1.0':\n    {% if grains['cpuarch'] == 'amd64' %}\n    full_name: App (x64)\n    {% else %}\n    full_name: App\n    {% endif %}\n",
      good: "app:\n  '1.0':\n    {% if grains['cpuarch'] == 'AMD64' %}\n    full_name: App (x64)\n    {% else %}\n    full_name: App\n    {% endif %}\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    for (const [node] of context.nodes) if (node.kind === "comparison") checkComparison(context, node);
  },
};

function checkComparison(context: TemplateContext, { first, rest }: Comparison): void {
  const [step] = rest;
  if (rest.length !== 1 || !step || (step.operator !== "==" && step.operator !== "!=")) return;
  const grain = grainOf(first) ?? grainOf(step.node);
  const text = grainOf(first) ? step.node : first;
  const values = grain === undefined ? undefined : windowsGrains.get(grain);
  if (!values || text.kind !== "literal" || text.type !== "string") return;
  const meant = meantBy(text.text, values);
  if (meant === undefined) return;
  const range = { start: text.start, end: text.end };
  const quote = context.text(range).charAt(0);
  context.report({
    range,
    message: `The grain ${grain} is never '${text.text}' on Windows, but ${values.map((value) => `'${value}'`).join(" or ")}.`,
    salt: `The comparison is ${step.operator === "==" ? "false" : "true"} on every Windows.`,
    advice: `Did you mean '${meant}'?`,
    suggestions: [{ title: `Change to '${meant}'`, edits: [{ range, newText: `${quote}${meant}${quote}` }] }],
  });
}

function meantBy(text: string, values: readonly string[]): string | undefined {
  if (values.includes(text)) return undefined;
  const folded = text.toLowerCase();
  const other = otherNames.get(folded);
  if (other !== undefined && values.includes(other)) return other;
  return values.find((value) => value.toLowerCase() === folded);
}

/** `grains['cpuarch']`, `grains.cpuarch`, `grains.get('cpuarch', …)`, `salt['grains.get']('cpuarch', …)` */
function grainOf(expression: Expression): string | undefined {
  if (expression.kind === "attribute" && isGrains(expression.node)) return expression.attribute;
  if (expression.kind === "item" && isGrains(expression.node)) return textOf(expression.argument);
  if (expression.kind !== "call") return undefined;
  const { callee } = expression;
  const isGet =
    (callee.kind === "attribute" && callee.attribute === "get" && isGrains(callee.node)) ||
    (callee.kind === "item" && textOf(callee.argument) === "grains.get");
  const [first] = expression.arguments.args;
  return isGet && first ? textOf(first) : undefined;
}

function isGrains(expression: Expression): boolean {
  return expression.kind === "name" && expression.name === "grains";
}

function textOf(expression: Expression): string | undefined {
  return expression.kind === "literal" && expression.type === "string" ? expression.text : undefined;
}
