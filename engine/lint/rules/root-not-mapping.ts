import { Dict, PyFloat, type Value } from "../../value/types.js";
import { describe } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const rootNotMapping: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "root-not-mapping",
    title: "A file whose content is no mapping of packages.",
    severity: "error",
    rejects: true,
    salt: 'Salt reports "Compiled contents, not a dictionary/hash" and takes nothing from the file.',
    why: "The top level of a definition maps package names to versions.",
    example: {
      bad: "- 7zip\n- firefox\n",
      good: "7zip:\n  '24.08':\n    full_name: '7-Zip 24.08 (x64)'\n",
    },
    fixable: "no",
  },
  check(context) {
    const { data, root } = context.rendered;
    if (root === undefined || data === undefined || data instanceof Dict || isFalsy(data)) return;
    const firstLine = context.rendered.rendered.slice(root.span.start, root.span.end).search(/\n|$/);
    context.report({
      range: context.locator.written({ start: root.span.start, end: root.span.start + firstLine }),
      message: `The file renders to ${describe(data)}, not to a mapping of packages.`,
      advice: "Start with a package's name and a colon.",
    });
  },
};

// What Python calls false counts as an empty file (salt-reference §2.4).
function isFalsy(data: Value): boolean {
  if (data === null || data === "" || data === 0 || data === false) return true;
  return (Array.isArray(data) && data.length === 0) || (data instanceof PyFloat && data.value === 0);
}
