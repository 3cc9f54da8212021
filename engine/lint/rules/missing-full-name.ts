import { subjectOf, type VersionView } from "../../definition/model.js";
import type { DefinitionContext } from "../definition-context.js";
import { replaceLiteral } from "../edits.js";
import type { Fix } from "../finding.js";
import type { DefinitionRule } from "../rule.js";

export const missingFullName: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "missing-full-name",
    title: "A version without full_name.",
    severity: "error",
    rejects: true,
    salt: "Salt raises a KeyError that nothing catches: pkg.refresh_db ends without a database, for every package of the repository.",
    why: "full_name is the one attribute that Salt demands: the DisplayName of the installed software in the registry. Without it the refresh of all files stops on every minion.",
    example: {
      bad: "app:\n  '1.0':\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: 'App 1.0'\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      if (version.node.kind !== "mapping" || version.attributes.has("full_name")) continue;
      const misspelt = context.misspelling(version, "full_name");
      const fix = misspelt && replaceLiteral(context, misspelt.key.span, "full_name", "Change to 'full_name'");
      const placeholder = misspelt ? undefined : addFullName(context, version);
      const ending = misspelt ? `, but '${misspelt.name}'` : "";
      context.report({
        range: misspelt ? context.written(misspelt.key) : context.at(version.key),
        message: `Version '${version.name}' of '${version.package.name}' has no full_name${ending}.`,
        salt: `pkg.refresh_db ends with "KeyError: 'full_name'" and writes no database: the whole repository is lost, not only this file.`,
        advice: misspelt
          ? "Write full_name."
          : "Add full_name, spelt exactly as the software's DisplayName in the registry.",
        subject: subjectOf(version),
        ...(fix && { fix }),
        ...(placeholder && { suggestions: [placeholder] }),
      });
    }
  },
};

/** A first line of the version; the name in the registry is for a person to find. */
function addFullName(context: DefinitionContext, version: VersionView): Fix | undefined {
  const [first] = version.attributes.values();
  if (!first || !context.locator.isLiteral(first.key.span)) return undefined;
  const { start } = context.written(first.key);
  const lineStart = context.source.lastIndexOf("\n", start - 1) + 1;
  const indent = context.source.slice(lineStart, start);
  const name = version.package.name;
  if (!/^ *$/.test(indent) || /['\n{}]/.test(name)) return undefined;
  const newText = `${indent}full_name: '${name}'\n`;
  return { title: `Add full_name: '${name}'`, edits: [{ range: { start: lineStart, end: lineStart }, newText }] };
}
