import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

const attributes = [
  "full_name",
  "installer",
  "install_flags",
  "uninstaller",
  "uninstall_flags",
  "cache_file",
  "source_hash",
];
const doubled = /\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}/s;
const single = /\{\s*[A-Za-z_]\w*\s*\}/;

export const unrenderedBraces: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "unrendered-braces",
    title: "Braces of a template that are left in the result.",
    severity: "warning",
    salt: "Salt takes the text as it is: the version is called `{{ version }}`, the URL has braces in it, the path does not exist.",
    why: "Single braces instead of double ones, or an expression inside a text that is already inside an expression: Jinja does not look there.",
    example: {
      bad: "{% set PROGRAM_FILES = '%ProgramFiles%' %}\napp:\n  '1.0':\n    full_name: App\n    uninstaller: '{ PROGRAM_FILES }\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
      good: "{% set PROGRAM_FILES = '%ProgramFiles%' %}\napp:\n  '1.0':\n    full_name: App\n    uninstaller: '{{ PROGRAM_FILES }}\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    for (const version of context.versions) {
      if (typeof version.key.value === "string" && doubled.test(version.name)) {
        context.report({
          range: context.at(version.key),
          message: `A version of '${version.package.name}' is called '${version.name}': its braces are not rendered.`,
          advice: "Write the version itself.",
          subject: subjectOf(version),
        });
      }
      for (const name of attributes) {
        const text = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        const braces = text && (doubled.exec(text) ?? single.exec(text))?.[0];
        if (!braces || !node) continue;
        const range = context.written(node);
        const inner = braces.replace(/[{}%]/g, "").trim();
        const at = context.text(range).indexOf(braces);
        const place = at < 0 ? range : { start: range.start + at, end: range.start + at + braces.length };
        const isSingle = at >= 0 && single.test(braces) && !braces.startsWith("{{");
        context.report({
          range: place,
          message: `${name} of '${subjectOf(version)}' contains '${braces}', which is not rendered.`,
          advice: isSingle ? `Write {{ ${inner} }}.` : "Use the variable itself, not a text with braces.",
          subject: subjectOf(version),
          ...(isSingle && {
            suggestions: [{ title: `Write {{ ${inner} }}`, edits: [{ range: place, newText: `{{ ${inner} }}` }] }],
          }),
        });
      }
    }
  },
};
