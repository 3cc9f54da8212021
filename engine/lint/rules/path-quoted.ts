import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import { replaceLiteral } from "../edits.js";
import type { DefinitionRule } from "../rule.js";
import { programAndArguments } from "./uninstaller-with-arguments.js";

export const pathQuoted: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "path-quoted",
    title: "Quotes inside the installer or uninstaller.",
    severity: "warning",
    salt: 'Salt puts quotes of its own around the path: `""C:\\Program Files\\App\\uninstall.exe"" /S`. Windows then looks for `C:\\Program`.',
    why: "The path needs no quotes for its blanks: Salt adds them. Quotes in the value come on top of YAML's.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    uninstaller: '\"C:\\App\\uninstall.exe\"'\n    uninstall_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    uninstaller: 'C:\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of ["installer", "uninstaller"]) {
        const text = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (text === undefined || node?.kind !== "scalar" || !/^\s*["']|["']\s*$/.test(text)) continue;
        // Quotes in a block scalar have a rule of their own.
        if (node.style === "literal" || node.style === "folded") continue;
        const inner = text.trim().replace(/^(["'])(.*)\1$/s, "$2");
        const simple = !programAndArguments(text) && !/["'\n]/.test(inner);
        const fix = simple ? replaceLiteral(context, node.span, `'${inner}'`, "Remove the inner quotes") : undefined;
        context.report({
          range: context.written(node),
          message: `The ${name} of '${subjectOf(version)}' has quotes in its value: ${text}`,
          salt: `Salt puts quotes of its own around it: "${text.trim()}". Windows does not find such a program.`,
          advice: "Remove the inner quotes.",
          subject: subjectOf(version),
          ...(fix && { fix }),
        });
      }
    }
  },
};
