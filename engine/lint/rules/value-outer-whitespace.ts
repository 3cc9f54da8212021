import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import { replaceLiteral } from "../edits.js";
import type { DefinitionRule } from "../rule.js";

const names = ["installer", "uninstaller", "install_flags", "uninstall_flags"];

export const valueOuterWhitespace: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "value-outer-whitespace",
    title: "White space at the ends of flags or of a path.",
    severity: "hint",
    salt: "Salt keeps it: more blanks between program and flags, or a path with a blank at its end, which does not exist.",
    why: "In full_name a blank at the end can be right, because some products register themselves so; flags and paths never need one.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: ' /S '\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of names) {
        const text = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (text === undefined || text === text.trim() || node?.kind !== "scalar") continue;
        const inner = text.trim();
        // A block scalar ends with its line break by nature.
        if ((node.style === "literal" || node.style === "folded") && text === `${inner}\n`) continue;
        const quote = node.style === "single-quoted" ? "'" : '"';
        const simple = /quoted/.test(node.style) && !/['"\\\n{}]/.test(inner);
        const fix = simple && replaceLiteral(context, node.span, quote + inner + quote, "Remove the outer white space");
        context.report({
          range: context.at(node),
          message: `${name} of '${subjectOf(version)}' has white space at its ends: ${JSON.stringify(text)}.`,
          subject: subjectOf(version),
          ...(fix && { fix }),
        });
      }
    }
  },
};
