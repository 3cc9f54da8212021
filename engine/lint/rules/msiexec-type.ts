import { subjectOf } from "../../definition/model.js";
import { describe } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const msiexecType: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "msiexec-type",
    title: "A value of msiexec that is neither True, False nor a path.",
    severity: "error",
    salt: "Any text switches msiexec on, also 'False'. null, numbers and lists end pkg.install and pkg.remove with a TypeError; the packages after it are not processed.",
    why: "Salt takes True and False as booleans and text as the path of a msiexec program. Quotes around False make it a path.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    msiexec: 'False'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    msiexec: False\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      const attribute = version.attributes.get("msiexec");
      if (!attribute || typeof attribute.value === "boolean") continue;
      const { value, node, key } = attribute;
      if (typeof value === "string" && /[\\/]|\.exe$/i.test(value)) continue;
      const meant = intended(value);
      const empty = node.span.start === node.span.end;
      const literal = !empty && node.kind === "scalar" && context.locator.isLiteral(node.span);
      const range = empty ? context.written(key) : context.written(node);
      context.report({
        range,
        message: `msiexec of '${subjectOf(version)}' is ${describe(value)}, not a boolean.`,
        salt:
          typeof value === "string"
            ? `Salt looks for a program '${value}', does not find it and uses msiexec all the same.`
            : 'pkg.install and pkg.remove end with "cannot unpack non-iterable NoneType object"; packages after this one are not processed.',
        advice: "Write True or False without quotes.",
        subject: subjectOf(version),
        ...(literal &&
          meant !== undefined && { fix: { title: `Write msiexec: ${meant}`, edits: [{ range, newText: meant }] } }),
      });
    }
  },
};

function intended(value: unknown): "True" | "False" | undefined {
  if (value === 1) return "True";
  if (value === 0) return "False";
  if (typeof value !== "string") return undefined;
  if (/^(true|yes|on|y|1)$/i.test(value)) return "True";
  return /^(false|no|off|n|0)$/i.test(value) ? "False" : undefined;
}
