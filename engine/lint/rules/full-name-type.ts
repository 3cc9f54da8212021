import { subjectOf } from "../../definition/model.js";
import { describe } from "../attribute-values.js";
import { quoteScalar } from "../edits.js";
import type { DefinitionRule } from "../rule.js";

export const fullNameType: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "full-name-type",
    title: "A full_name that is no text.",
    severity: "error",
    rejects: true,
    salt: "A list or mapping stops the whole refresh; a number, a boolean or null never equals a DisplayName, so Salt never sees the software as installed.",
    why: "Salt compares full_name with the registry's DisplayName, which is text.",
    example: {
      bad: "app:\n  '2019':\n    full_name: 2019\n",
      good: "app:\n  '2019':\n    full_name: '2019'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      const attribute = version.attributes.get("full_name");
      if (!attribute || typeof attribute.value === "string") continue;
      const { node, key } = attribute;
      const collection = node.kind !== "scalar";
      const empty = node.span.start === node.span.end;
      const fix = collection || empty ? undefined : quoteScalar(context, node, "Quote the full_name");
      context.report({
        range: collection || empty ? context.written(key) : context.written(node),
        message: `The full_name of '${subjectOf(version)}' is ${describe(attribute.value)}, not text.`,
        salt: collection
          ? `pkg.refresh_db ends with "unhashable type" and writes no database: the whole repository is lost, not only this file.`
          : "It never equals a DisplayName of the registry: Salt installs the package again and again and cannot remove it.",
        advice: collection ? "Write the one DisplayName as text." : "Put it in quotes.",
        subject: subjectOf(version),
        ...(fix && { fix }),
      });
    }
  },
};
