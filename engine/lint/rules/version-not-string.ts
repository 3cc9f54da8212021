import { subjectOf, type VersionView } from "../../definition/model.js";
import { str } from "../../value/repr.js";
import { describe } from "../attribute-values.js";
import type { DefinitionContext } from "../definition-context.js";
import { quoteScalar } from "../edits.js";
import type { Report } from "../report.js";
import type { DefinitionRule } from "../rule.js";

export const versionNotString: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "version-not-string",
    title: "A version that YAML does not read as text.",
    severity: "error",
    rejects: true,
    salt: "Salt rejects the version and drops every package of the file.",
    why: "YAML reads an unquoted 1.10 as the number 1.1, 2019 as a number, 1:30 as ninety and `on` as true. Salt accepts text only, and one such version costs the whole file.",
    example: {
      bad: "sandboxie:\n  4.20:\n    full_name: 'Sandboxie 4.20 (32-bit)'\n    installer: 'https://example.com/SandboxieInstall32-420.exe'\n    install_flags: '/S'\n",
      good: "sandboxie:\n  '4.20':\n    full_name: 'Sandboxie 4.20 (32-bit)'\n    installer: 'https://example.com/SandboxieInstall32-420.exe'\n    install_flags: '/S'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      if (typeof version.key.value !== "string") context.report(report(context, version));
    }
  },
};

function report(context: DefinitionContext, version: VersionView): Report {
  const { key } = version;
  const written = context.rendered.rendered.slice(key.span.start, key.span.end);
  const salt = str(key.value);
  const shown = written === salt || written === "" ? "" : ` ('${written}' in the rendered text)`;
  const origin = context.locator.origin(key.span);
  // Where the list itself lost a digit (1.10 in it is 1.1 too), quotes around the print would keep the wrong version.
  const faithful = !origin || /^['"]/.test(context.text(origin)) || context.text(origin) === written;
  const place = context.text(context.written(key));
  const fix = faithful ? quoteScalar(context, key, `Quote the version: '${place}'`) : undefined;
  return {
    range: context.written(key),
    message: `The version of '${version.package.name}' is ${describe(key.value)}${shown}, not text.`,
    salt: `Salt reports "package '${version.package.name}', version number ${salt} is not a string" and drops every package of the file.`,
    advice: "Put it in quotes.",
    subject: subjectOf(version),
    ...(origin && {
      related: [{ range: origin, message: `'${written}' comes from here` }],
    }),
    ...(fix && { fix }),
  };
}
