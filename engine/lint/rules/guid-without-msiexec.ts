import { subjectOf } from "../../definition/model.js";
import { attributeText, usesMsiexec } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { extensionOf } from "../windows-paths.js";

export const guidWithoutMsiexec: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "guid-without-msiexec",
    title: "A GUID or an .msi as uninstaller without msiexec.",
    severity: "warning",
    salt: 'Salt runs "{GUID}" as if it were a program; there is none of that name, and the removal fails.',
    why: "Only msiexec knows product codes. When the installer is no MSI, msiexec itself must be the uninstaller.",
    example: {
      bad: "reader:\n  '1.0':\n    full_name: Reader\n    installer: 'https://example.com/setup.exe'\n    install_flags: '/qn'\n    uninstaller: '{AC76BA86-7AD7-1033-7B44-AC0F074E4100}'\n    uninstall_flags: '/qn'\n",
      good: "reader:\n  '1.0':\n    full_name: Reader\n    installer: 'https://example.com/setup.exe'\n    install_flags: '/qn'\n    uninstaller: 'msiexec.exe'\n    uninstall_flags: '/x {AC76BA86-7AD7-1033-7B44-AC0F074E4100} /qn'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const uninstaller = attributeText(version, "uninstaller")?.trim();
      const attribute = version.attributes.get("uninstaller");
      const msiexec = version.attributes.get("msiexec")?.value;
      if (!uninstaller || !attribute || usesMsiexec(version) || (msiexec !== undefined && msiexec !== false)) continue;
      if (!/^\{[-0-9A-Fa-f]+\}$/.test(uninstaller) || context.misspelling(version, "msiexec")) continue;
      const isMsi = extensionOf(attributeText(version, "installer") ?? "") === "msi";
      context.report({
        range: context.at(attribute.node),
        message: `The uninstaller of '${subjectOf(version)}' is the product code ${uninstaller}, but msiexec is not on.`,
        salt: `Salt runs "${uninstaller}" as a program; there is none of that name, and the removal fails.`,
        advice: isMsi
          ? "Set msiexec: True."
          : `Use uninstaller: 'msiexec.exe' and uninstall_flags: '/x ${uninstaller} /qn'.`,
        subject: subjectOf(version),
      });
    }
  },
};
