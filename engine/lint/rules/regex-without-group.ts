import { noFlags, Pattern } from "../../regex/index.js";
import type { Expression, FilterExpression } from "../../template/syntax/nodes.js";
import { PyError } from "../../value/types.js";
import type { TemplateRule } from "../rule.js";
import { featureSeverity, neededReleases } from "../salt-differences.js";

export const regexWithoutGroup: TemplateRule = {
  kind: "template",
  meta: {
    code: "regex-without-group",
    title: "A regular expression without groups, which not every Salt takes for true.",
    severity: "information",
    salt: "regex_search and regex_match give the groups of a match. Of a pattern without groups older releases give an empty tuple, which is false, so that another package is defined than on newer ones, where it is the whole match.",
    why: "With the whole pattern in parentheses it is the same on every release. Switch it off when all machines run a new Salt.",
    example: {
      bad: "app:\n  {% if grains['osrelease']|regex_match('10') %}\n  '1.0':\n    full_name: App\n  {% else %}\n  '0.9':\n    full_name: App\n  {% endif %}\n",
      good: "app:\n  {% if grains['osrelease']|regex_match('(10)') %}\n  '1.0':\n    full_name: App\n  {% else %}\n  '0.9':\n    full_name: App\n  {% endif %}\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const [node] of context.nodes) {
      const pattern = node.kind === "filter" ? patternOf(node) : undefined;
      if (!pattern || groupsOf(pattern.text) !== 0) continue;
      const { start, end } = pattern;
      const written = context.text({ start, end });
      const { severity, without } = featureSeverity(context.saltVersions, "whole-match");
      const [, quote = "", inner = ""] = /^(['"])(.*)\1$/s.exec(written) ?? [];
      context.report({
        range: { start, end },
        severity,
        message: `The pattern ${written} has no group: ${without ? `on ${without} a match gives (), which is false` : "before, a match gives (), which is false"}.`,
        advice: `Put it in parentheses, and it is the same on every Salt. As it is: ${neededReleases("whole-match")}`,
        ...(quote !== "" && {
          fix: {
            title: "Put the pattern in parentheses",
            edits: [{ range: { start, end }, newText: `${quote}(${inner})${quote}` }],
          },
        }),
      });
    }
  },
};

function patternOf({ name, arguments: args }: FilterExpression): Extract<Expression, { kind: "literal" }> | undefined {
  if (name !== "regex_search" && name !== "regex_match") return undefined;
  const pattern = args.args[0] ?? args.kwargs.find((argument) => argument.name === "rgx")?.value;
  return pattern?.kind === "literal" && pattern.type === "string" ? pattern : undefined;
}

/** Undefined for what is no regular expression. */
function groupsOf(text: string): number | undefined {
  try {
    return new Pattern(text, noFlags).groupCount;
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
}
