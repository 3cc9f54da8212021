import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { architectureOf, fileNameOf } from "../windows-paths.js";

export const x64InstallerOnX86: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "x64-installer-on-x86",
    title: "A 64-bit installer for a 32-bit Windows, in a file that tells architectures apart.",
    severity: "warning",
    salt: "Salt fetches and starts it; Windows answers that the program is not valid for this machine.",
    why: "A file that asks for the architecture means to serve both. Here the 32-bit machine gets the 64-bit installer nevertheless. Packages for 64-bit machines only, which never ask, are not reported.",
    example: {
      bad: "app:\n  '1.0':\n    {% if grains['cpuarch'] == 'AMD64' %}\n    full_name: 'App (x64)'\n    {% else %}\n    full_name: 'App'\n    {% endif %}\n    installer: 'https://example.com/app-x64.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    {% if grains['cpuarch'] == 'AMD64' %}\n    full_name: 'App (x64)'\n    installer: 'https://example.com/app-x64.exe'\n    {% else %}\n    full_name: 'App'\n    installer: 'https://example.com/app-x86.exe'\n    {% endif %}\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    if (!context.is32Bit || !context.asksForArchitecture) return;
    for (const version of context.versions) {
      const installer = attributeText(version, "installer");
      const node = version.attributes.get("installer")?.node;
      if (installer === undefined || !node) continue;
      if (architectureOf(installer) !== "x64") continue;
      const file = fileNameOf(installer);
      context.report({
        range: context.written(node),
        message: `The installer of '${subjectOf(version)}' on a 32-bit Windows is ${file}, which is for 64-bit machines.`,
        advice: "Give the 32-bit installer there, or leave the version out.",
        subject: subjectOf(version),
      });
    }
  },
};
