import { subjectOf } from "../../definition/model.js";
import { present } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const blockScalarQuotes: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "block-scalar-quotes",
    title: "Quotes around the text of a block scalar.",
    severity: "warning",
    salt: "The quotes are part of the value and go to the command line, with the line breaks between the lines.",
    why: "After `|` or `>` YAML takes every character as text. Quotes that were meant to hold the text together become part of it.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: |\n      '/S /norestart'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S /norestart'\n",
    },
    fixable: "no",
  },
  check(context) {
    const names = ["install_flags", "uninstall_flags", "installer", "uninstaller", "full_name"];
    for (const version of context.versions) {
      for (const { name, key, node, value } of present(version, names)) {
        if (node.kind !== "scalar" || (node.style !== "literal" && node.style !== "folded")) continue;
        if (typeof value !== "string" || !/^\s*(['"])[\s\S]*\1\s*$/.test(value)) continue;
        context.report({
          range: context.written(key),
          message: `${name} of '${subjectOf(version)}' is a block scalar whose text stands in quotes; they become part of the value.`,
          salt: `The command line gets ${JSON.stringify(value)}, quotes and line breaks included.`,
          advice: `Remove the quotes, or write ${name} on one line without '|'.`,
          subject: subjectOf(version),
        });
      }
    }
  },
};
