import { describe } from "../attribute-values.js";
import { quoteScalar } from "../edits.js";
import type { DefinitionRule } from "../rule.js";

export const packageNameType: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "package-name-type",
    title: "A package name that YAML does not read as text.",
    severity: "error",
    salt: "Salt stores the package, but nobody can ask for it: every look-up is by text.",
    why: "An unquoted name of digits is a number to YAML.",
    example: {
      bad: "360:\n  '1.0':\n    full_name: '360 Total Security'\n",
      good: "'360':\n  '1.0':\n    full_name: '360 Total Security'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const { name, key } of context.packages) {
      if (typeof key.value === "string") continue;
      const fix = quoteScalar(context, key, `Quote the package name: '${context.text(context.written(key))}'`);
      context.report({
        range: context.written(key),
        message: `The package name is ${describe(key.value)}, not text.`,
        advice: "Put it in quotes.",
        subject: name,
        ...(fix && { fix }),
      });
    }
  },
};
