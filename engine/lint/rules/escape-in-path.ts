import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

const paths = ["installer", "uninstaller", "cache_file"];
const flags = ["install_flags", "uninstall_flags"];
const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

export const escapeInPath: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "escape-in-path",
    title: "A backslash in double quotes that became a control character.",
    severity: "warning",
    salt: "YAML reads `\\t`, `\\n`, `\\b` … in double quotes as tab, line break, bell; the path does not exist.",
    why: "Windows paths belong in single quotes, where a backslash is a backslash.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    uninstaller: \"C:\\app\\tools.exe\"\n    uninstall_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    uninstaller: 'C:\\app\\tools.exe'\n    uninstall_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of [...paths, ...flags]) {
        const text = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (text === undefined || node?.kind !== "scalar" || node.style !== "double-quoted") continue;
        if (!control.test(text) && !(paths.includes(name) && text.includes("\n"))) continue;
        context.report({
          range: context.written(node),
          message: `${name} of '${subjectOf(version)}' holds a control character: ${JSON.stringify(text)}.`,
          advice: "Use single quotes.",
          subject: subjectOf(version),
        });
      }
    }
  },
};
