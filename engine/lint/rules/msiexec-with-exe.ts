import { subjectOf } from "../../definition/model.js";
import { attributeText, usesMsiexec } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { fileNameOf, isProgram } from "../windows-paths.js";

export const msiexecWithExe: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "msiexec-with-exe",
    title: "msiexec switched on for an installer that is no MSI.",
    severity: "warning",
    salt: "Salt runs `msiexec /I` on the program; msiexec refuses it with 1620 and the installation fails.",
    why: "msiexec opens Windows Installer packages only. A setup program that contains an MSI is still a program. To remove such software by its product code, let msiexec be the uninstaller.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/setup-1.0.exe'\n    install_flags: '/S'\n    msiexec: True\n    uninstaller: '{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}'\n    uninstall_flags: '/qn'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/setup-1.0.exe'\n    install_flags: '/S'\n    uninstaller: 'msiexec.exe'\n    uninstall_flags: '/x {0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11} /qn'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const installer = attributeText(version, "installer");
      const msiexec = version.attributes.get("msiexec");
      if (installer === undefined || !msiexec || !usesMsiexec(version) || !isProgram(installer)) continue;
      context.report({
        range: context.written(msiexec.node),
        message: `msiexec is switched on for '${subjectOf(version)}', but its installer is ${fileNameOf(installer)}.`,
        salt: `Salt runs msiexec /I "…${fileNameOf(installer)}"; msiexec refuses it with 1620 and the installation fails.`,
        advice:
          "Set msiexec: False; to remove by product code use uninstaller: 'msiexec.exe' and uninstall_flags: '/x {GUID} /qn'.",
        subject: subjectOf(version),
        related: [
          {
            range: context.written(version.attributes.get("installer")?.node ?? msiexec.node),
            message: "the installer",
          },
        ],
      });
    }
  },
};
