import { subjectOf } from "../../definition/model.js";
import type { DefinitionRule } from "../rule.js";

export const versionEmpty: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "version-empty",
    title: "A version that is an empty text.",
    severity: "error",
    salt: "Salt stores it, and then fails with an AttributeError whenever it sorts the versions of the package.",
    why: "Usually a template variable that holds nothing.",
    example: {
      bad: "{% set version = '' %}\napp:\n  '{{ version }}':\n    full_name: App\n  '1.0':\n    full_name: App\n",
      good: "{% set version = '1.1' %}\napp:\n  '{{ version }}':\n    full_name: App\n  '1.0':\n    full_name: App\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      if (version.key.value !== "") continue;
      context.report({
        range: context.at(version.key),
        message: `A version of '${version.package.name}' is an empty text.`,
        advice: "Give it a version.",
        subject: subjectOf(version),
      });
    }
  },
};
