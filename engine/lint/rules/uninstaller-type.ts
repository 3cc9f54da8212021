import { type AttributeView, subjectOf } from "../../definition/model.js";
import { Dict } from "../../value/types.js";
import { describe, present } from "../attribute-values.js";
import type { DefinitionContext } from "../definition-context.js";
import { quoteRange } from "../edits.js";
import type { DefinitionRule } from "../rule.js";

export const uninstallerType: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "uninstaller-type",
    title: "An installer or uninstaller that is no text; an unquoted GUID is a mapping.",
    severity: "error",
    salt: "pkg.install or pkg.remove ends with an AttributeError (`'dict' object has no attribute 'startswith'`); packages after it are not processed.",
    why: "Braces begin a mapping in YAML, so `uninstaller: {GUID}` without quotes is one. pkg.refresh_db accepts it; only the removal fails, on the minion.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    msiexec: True\n    uninstaller: {0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}\n    uninstall_flags: '/qn'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    msiexec: True\n    uninstaller: '{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}'\n    uninstall_flags: '/qn'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      for (const attribute of present(version, ["installer", "uninstaller"])) {
        const { name, key, node, value } = attribute;
        // null and '' both mean that there is none.
        if (typeof value === "string" || value === null) continue;
        const isGuid = isUnquotedGuid(attribute);
        const range = isGuid ? context.written(node) : context.written(key);
        const fix = isGuid ? quoteGuid(context, attribute) : undefined;
        context.report({
          range,
          message: isGuid
            ? `The GUID in ${name} of '${subjectOf(version)}' is not quoted: YAML reads the braces as a mapping.`
            : `${name} of '${subjectOf(version)}' is ${describe(value)}, not text.`,
          ...(name === "installer" && {
            salt: "pkg.install ends with an error; packages after this one are not processed.",
          }),
          advice: "Put it in quotes.",
          subject: subjectOf(version),
          ...(fix && { fix }),
        });
      }
    }
  },
};

function isUnquotedGuid({ node, value }: AttributeView): boolean {
  return node.kind === "mapping" && node.flow && value instanceof Dict && value.size === 1;
}

function quoteGuid(context: DefinitionContext, { node }: AttributeView) {
  return context.locator.isInFile(node.span) ? quoteRange(context, context.written(node), "Quote the GUID") : undefined;
}
