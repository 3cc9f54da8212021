import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { architectureOf, fileNameOf } from "../windows-paths.js";

export const x86UninstallerPath: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "x86-uninstaller-path",
    title: "A 32-bit installer on 64-bit Windows, with an uninstaller in the 64-bit %ProgramFiles%.",
    severity: "warning",
    salt: "Salt expands %ProgramFiles% to C:\\Program Files, where 32-bit software does not go; it finds no uninstaller.",
    why: "32-bit setup programs install into %ProgramFiles(x86)% on a 64-bit Windows. Only files that ask for the architecture are looked at: packages for 32-bit machines alone are fine.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: 'App'\n    arch: {{ grains['cpuarch'] }}\n    installer: 'https://example.com/app-win32.exe'\n    install_flags: '/S'\n    uninstaller: '%ProgramFiles%\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: 'App'\n    installer: 'https://example.com/app-win32.exe'\n    install_flags: '/S'\n    {% if grains['cpuarch'] == 'AMD64' %}\n    uninstaller: '%ProgramFiles(x86)%\\App\\uninstall.exe'\n    {% else %}\n    uninstaller: '%ProgramFiles%\\App\\uninstall.exe'\n    {% endif %}\n    uninstall_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    if (context.is32Bit || !context.asksForArchitecture) return;
    for (const version of context.versions) {
      const installer = attributeText(version, "installer");
      const uninstaller = attributeText(version, "uninstaller");
      const node = version.attributes.get("uninstaller")?.node;
      if (installer === undefined || uninstaller === undefined || !node) continue;
      if (architectureOf(installer) !== "x86" || !/^%ProgramFiles%[\\/]/i.test(uninstaller)) continue;
      context.report({
        range: context.at(node),
        message: `The installer of '${subjectOf(version)}' is ${fileNameOf(installer)}, for 32 bits, but its uninstaller is looked for in %ProgramFiles%.`,
        advice: "Use %ProgramFiles(x86)% on a 64-bit Windows.",
        subject: subjectOf(version),
      });
    }
  },
};
