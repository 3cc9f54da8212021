import { findKey, suggestKey } from "../../definition/keys.js";
import { subjectOf } from "../../definition/model.js";
import { replaceLiteral } from "../edits.js";
import type { DefinitionRule } from "../rule.js";

export const unknownKey: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "unknown-key",
    title: "An attribute that nobody reads.",
    severity: "warning",
    salt: "Salt stores the attribute and never looks at it.",
    why: "A misspelt install_flags means an installer without its silent flag. Attributes that a repository uses for itself can be named in `lint.knownKeys` of the project file.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.msi'\n    msiexec: True\n    install_flags: '/qn'\n    uninstaller_flags: '/qn'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.msi'\n    msiexec: True\n    install_flags: '/qn'\n    uninstall_flags: '/qn'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      for (const { name, key } of version.attributes.values()) {
        if (context.isKnownKey(name)) continue;
        const meant = suggestKey(name);
        const free = meant !== undefined && !version.attributes.has(meant);
        // What Salt cannot do without is missing-full-name's.
        if (meant === "full_name" && free) continue;
        const fix = free ? replaceLiteral(context, key.span, meant, `Change to '${meant}'`) : undefined;
        context.report({
          range: context.written(key),
          message: `'${name}' of '${subjectOf(version)}' is no attribute that Salt knows.`,
          ...(findKey(name) && { salt: `${findKey(name)?.summary} Salt stores it and never looks at it.` }),
          advice: meant ? `Did you mean '${meant}'?` : "Remove it, or name it in lint.knownKeys of .winrepo.yaml.",
          subject: subjectOf(version),
          ...(fix && { fix }),
        });
      }
    }
  },
};
