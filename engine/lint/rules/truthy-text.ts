import { subjectOf } from "../../definition/model.js";
import { present } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const truthyText: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "truthy-text",
    title: "A switch that says no as text, which Salt takes for yes.",
    severity: "warning",
    salt: "Salt asks Python whether the value is true, and every text that is not empty is: 'False' switches on.",
    why: "Quotes around False turn a boolean into text.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/app.exe'\n    install_flags: '/S'\n    use_scheduler: 'False'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/app.exe'\n    install_flags: '/S'\n    use_scheduler: False\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      for (const { name, node, value } of present(version, ["use_scheduler", "cache_dir", "allusers"])) {
        if (typeof value !== "string" || !/^(false|no|off|n|0|none|null)$/i.test(value.trim())) continue;
        const range = context.written(node);
        context.report({
          range,
          message: `${name} of '${subjectOf(version)}' is the text '${value}', which counts as true.`,
          advice: "Write False without quotes.",
          subject: subjectOf(version),
          ...(context.locator.isLiteral(node.span) && {
            fix: { title: `Write ${name}: False`, edits: [{ range, newText: "False" }] },
          }),
        });
      }
    }
  },
};
