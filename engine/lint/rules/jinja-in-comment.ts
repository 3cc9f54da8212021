import type { TemplateRule } from "../rule.js";

export const jinjaInComment: TemplateRule = {
  kind: "template",
  meta: {
    code: "jinja-in-comment",
    title: "Jinja in a YAML comment, which runs all the same.",
    severity: "information",
    salt: "Salt renders the template before it looks at YAML: the tag runs, a `set` counts, and an error in it costs the whole file.",
    why: "`#` means nothing to Jinja. To switch template code off use {# … #}. An expression that only prints does no harm until its variable is renamed.",
    example: {
      bad: "{% set versions = ['1.1'] %}\n#{% set versions = ['1.0'] %}\napp:\n  {% for version in versions %}\n  '{{ version }}':\n    full_name: App\n  {% endfor %}\n",
      good: "{% set versions = ['1.1'] %}\n{# set versions = ['1.0'] #}\napp:\n  {% for version in versions %}\n  '{{ version }}':\n    full_name: App\n  {% endfor %}\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const [node] of context.nodes) {
      if (!("tag" in node) && node.kind !== "print") continue;
      if (node.kind === "output") continue;
      const tag = "tag" in node ? node.tag : { start: node.start, end: node.end };
      const lineStart = context.lines.startOf(context.lines.lineAt(tag.start));
      const before = context.source.slice(lineStart, tag.start);
      if (!/^\s*#/.test(before) || before.includes("#}")) continue;
      const sets = node.kind === "set" || node.kind === "set-block" || node.kind === "load" || node.kind === "do";
      context.report({
        range: tag,
        severity: sets ? "warning" : node.kind === "print" ? "hint" : "information",
        message: sets
          ? `This ${node.kind === "do" ? "statement runs" : "assignment counts"} although it stands in a YAML comment.`
          : "Jinja runs this although it stands in a YAML comment.",
        advice: "Use {# … #} to switch it off.",
      });
    }
  },
};
