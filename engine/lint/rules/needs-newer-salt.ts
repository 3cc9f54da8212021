import type { Span } from "../../problem.js";
import type { SaltFeatureName } from "../../salt-version/features.js";
import { featureOfFilter } from "../../template/filters/available.js";
import type { TemplateRule } from "../rule.js";
import { featureSeverity, neededReleases } from "../salt-differences.js";
import type { TemplateContext } from "../template-context.js";

export const needsNewerSalt: TemplateRule = {
  kind: "template",
  meta: {
    code: "needs-newer-salt",
    title: "Something that only newer releases of Salt have.",
    severity: "information",
    salt: "An older Salt does not know the filter and drops the file, or takes the line for a comment and renders with its own options.",
    why: "A fleet rarely runs one Salt. Name those that yours runs in the project file (`saltVersions`), and the definition is checked for each; switch it off when all are new enough.",
    example: {
      bad: "app:\n  {% for entry in {'1.0': 'x'}|to_entries %}\n  '{{ entry.key }}':\n    full_name: 'App {{ entry.value }}'\n  {% endfor %}\n",
      good: "app:\n  {% for version, name in {'1.0': 'x'}.items() %}\n  '{{ version }}':\n    full_name: 'App {{ name }}'\n  {% endfor %}\n",
    },
    fixable: "no",
  },
  check(context) {
    const { header } = context;
    if (header) report(context, trimmed(header, context), "jinja-line", "This line sets Jinja's options");
    for (const [node] of context.nodes) {
      const feature = node.kind === "filter" ? featureOfFilter(node.name) : undefined;
      if (node.kind !== "filter" || !feature || context.hasProblem(/^jinja-/, node.nameSpan)) continue;
      report(context, node.nameSpan, feature, `Not every Salt has the filter ${node.name}`);
    }
  },
};

function report(context: TemplateContext, range: Span, feature: SaltFeatureName, what: string): void {
  const { severity, without } = featureSeverity(context.saltVersions, feature);
  const lacking = without === undefined ? "" : `, and not on ${without}`;
  context.report({ range, severity, message: `${what}${lacking}.`, advice: neededReleases(feature) });
}

/** A line without its line break. */
function trimmed({ start, end }: Span, context: TemplateContext): Span {
  return { start, end: start + context.text({ start, end }).trimEnd().length };
}
