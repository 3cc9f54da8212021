import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { environmentVariable } from "../windows-paths.js";

export const envVarInInstaller: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "env-var-in-installer",
    title: "An environment variable in installer.",
    severity: "warning",
    salt: "Salt expands variables in uninstaller, never in installer: the call ends with `Specified cwd '%TEMP%…' either not absolute or does not exist`.",
    why: "Where the file lies differs between machines, and Salt takes the text as it is.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: '%TEMP%\\app.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/app/app.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const installer = attributeText(version, "installer");
      const variable = installer && environmentVariable.exec(installer)?.[0];
      const node = version.attributes.get("installer")?.node;
      if (!variable || !node) continue;
      context.report({
        range: context.written(node),
        message: `The installer of '${subjectOf(version)}' contains ${variable}, which Salt does not expand there.`,
        advice: "Use a salt:// or https:// URL, a UNC path, or the path in full.",
        subject: subjectOf(version),
      });
    }
  },
};
