import type { TemplateRule } from "../rule.js";

export const unusedSet: TemplateRule = {
  kind: "template",
  meta: {
    code: "unused-set",
    title: "A variable that is set and never used.",
    severity: "hint",
    salt: "Salt computes it and forgets it.",
    why: "Either it is left over, or the text that should use it has the value written out.",
    example: {
      bad: "{% set PROGRAM_FILES = '%ProgramFiles%' %}\napp:\n  '1.0':\n    full_name: App\n",
      good: "app:\n  '1.0':\n    full_name: App\n",
    },
    fixable: "no",
  },
  check(context) {
    if (context.isBroken) return;
    // Included and extended templates see the file's names.
    if (context.nodes.some(([{ kind }]) => kind === "include" || kind === "extends" || kind === "macro")) return;
    const used = new Set<string>();
    for (const [node] of context.nodes) {
      if (node.kind === "name" && node.context === "load") used.add(node.name);
      if (node.kind === "namespace-reference") used.add(node.name);
      if ((node.kind === "import" || node.kind === "from-import") && node.withContext) return;
    }
    const reported = new Set<string>();
    for (const [node] of context.nodes) {
      const target = node.kind === "set" || node.kind === "set-block" || node.kind === "load" ? node.target : undefined;
      if (target?.kind !== "name" || used.has(target.name) || reported.has(target.name)) continue;
      reported.add(target.name);
      context.report({
        range: { start: target.start, end: target.end },
        message: `'${target.name}' is set and never used.`,
        advice: "Remove it, or use it.",
      });
    }
  },
};
