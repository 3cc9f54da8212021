import { typeName } from "../../value/types.js";
import { describe } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const packageNotMapping: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "package-not-mapping",
    title: "A package whose value is a text, a number or a list.",
    severity: "error",
    rejects: true,
    salt: "Salt raises an AttributeError that nothing catches: pkg.refresh_db ends without a database, for every package of the repository.",
    why: "Salt expects a mapping of versions below each top-level key and does not check it. One such key stops the refresh of all files on every minion.",
    example: {
      bad: "evernote: '6.9.7.6770'\n",
      good: "evernote:\n  '6.9.7.6770':\n    full_name: 'Evernote v. 6.9.7'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const { name, key, node } of context.packages) {
      if (node.kind === "mapping" || node.value === null) continue;
      context.report({
        range: context.at(key),
        message: `Package '${name}' is ${describe(node.value)}, not a mapping of versions.`,
        salt: `On such a minion pkg.refresh_db ends with "'${typeName(node.value)}' object has no attribute 'items'" and writes no database: the whole repository is lost, not only this file.`,
        advice: "Put the versions below the package's name.",
        subject: name,
      });
    }
  },
};
