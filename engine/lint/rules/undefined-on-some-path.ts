import { suggest } from "../../suggest.js";
import type { Fix } from "../finding.js";
import { findUndefinedNames, type UndefinedUse } from "../name-flow.js";
import type { TemplateRule } from "../rule.js";
import type { TemplateContext } from "../template-context.js";

export const undefinedOnSomePath: TemplateRule = {
  kind: "template",
  meta: {
    code: "undefined-on-some-path",
    title: "A name that has no value on some path through the template.",
    severity: "error",
    salt: "On a machine that takes this path Salt drops the whole file: \"Jinja variable '…' is undefined\".",
    why: "The branches of a template are for machines that nobody has at hand. All paths are followed, also those that no profile takes; names set in both branches of an `if` are fine.",
    example: {
      bad: "{% if grains['osrelease'] == '10' %}\n{% set os_suffix = 'Win10' %}\n{% endif %}\napp:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-{{ os_suffix }}.msi'\n    install_flags: '/qn'\n    msiexec: True\n",
      good: "{% set os_suffix = 'Win7' %}\n{% if grains['osrelease'] == '10' %}\n{% set os_suffix = 'Win10' %}\n{% endif %}\napp:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-{{ os_suffix }}.msi'\n    install_flags: '/qn'\n    msiexec: True\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    if (context.isBroken) return;
    const uses = findUndefinedNames(context.template, context.source);
    const known = uses.length > 0 ? knownNames(context) : [];
    for (const use of uses) {
      // Rendering has found it already, with Salt's own words.
      if (context.hasProblem(/^jinja-undefined/, use.node)) continue;
      report(context, use, known);
    }
  },
};

function report(context: TemplateContext, { node, kind, setAt }: UndefinedUse, known: readonly string[]): void {
  const similar = kind === "never" ? suggest(node.name, known) : undefined;
  const range = { start: node.start, end: node.end };
  const suggestions: Fix[] = similar ? [{ title: `Change to '${similar}'`, edits: [{ range, newText: similar }] }] : [];
  context.report({
    range,
    ...(kind === "sometimes" && { severity: "warning" as const }),
    message:
      kind === "never"
        ? `'${node.name}' has no value here on any path.`
        : `'${node.name}' has a value here on some paths only.`,
    salt: `On a machine that comes here without one Salt drops the whole file: "Jinja variable '${node.name}' is undefined".`,
    advice: similar ? `Did you mean '${similar}'?` : "Set it before the condition, or in every branch.",
    related: setAt.map((place) => ({ range: place, message: `'${node.name}' is set here` })),
    suggestions,
  });
}

function knownNames(context: TemplateContext): string[] {
  const names = new Set<string>();
  for (const [node] of context.nodes) if (node.kind === "name" && node.context !== "load") names.add(node.name);
  return [...names];
}
