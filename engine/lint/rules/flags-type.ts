import { subjectOf } from "../../definition/model.js";
import { repr } from "../../value/repr.js";
import { Tuple } from "../../value/types.js";
import { describe, present } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const flagsType: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "flags-type",
    title: "install_flags or uninstall_flags that is a list, a mapping or null.",
    severity: "error",
    salt: "Salt puts Python's spelling of a list or mapping on the command line: `setup.exe ['/S', '/x']`. null gives nothing, or the word None when extra flags are passed.",
    why: "Flags are one text, added to the command line as it is.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: [/S, /norestart]\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S /norestart'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      for (const { name, key, node, value } of present(version, ["install_flags", "uninstall_flags"])) {
        const isNull = value === null;
        if (!isNull && (typeof value !== "object" || (node.kind === "scalar" && !(value instanceof Tuple)))) continue;
        context.report({
          range: context.written(key),
          ...(isNull && { severity: "warning" as const }),
          message: `${name} of '${subjectOf(version)}' is ${describe(value)}, not text.`,
          salt: isNull
            ? "Salt adds no flags; with extra flags in the call it adds the word None before them."
            : `The command line gets ${repr(value)} as it stands.`,
          advice: isNull ? "Write '' where no flags are meant." : "Write the flags as one text.",
          subject: subjectOf(version),
        });
      }
    }
  },
};
