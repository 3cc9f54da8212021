import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { guidPattern } from "../windows-paths.js";

export const guidMalformed: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "guid-malformed",
    title: "A product code that is no GUID.",
    severity: "warning",
    salt: "msiexec does not know the product and answers 1605 or 1619: nothing is removed.",
    why: "A product code is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 between braces. A digit too few, a letter beyond F or missing braces make it name nothing.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.msi'\n    install_flags: '/qn'\n    msiexec: True\n    uninstaller: '{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E1}'\n    uninstall_flags: '/qn'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.msi'\n    install_flags: '/qn'\n    msiexec: True\n    uninstaller: '{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}'\n    uninstall_flags: '/qn'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const uninstaller = attributeText(version, "uninstaller")?.trim();
      const attribute = version.attributes.get("uninstaller");
      if (attribute && uninstaller && isMeantAsGuid(uninstaller) && !guidPattern.test(uninstaller)) {
        context.report({
          range: context.at(attribute.node),
          message: `The uninstaller of '${subjectOf(version)}' looks like a product code but is no GUID: ${reason(uninstaller)}.`,
          subject: subjectOf(version),
        });
      }
      const flags = version.attributes.get("uninstall_flags");
      if (typeof flags?.value !== "string") continue;
      const code = /(?:^|\s)[-/]x\s*(\{?[-0-9A-Za-z]+\}?)(?:\s|$)/i.exec(flags.value)?.[1];
      if (code === undefined || code.length < 30 || !isMeantAsGuid(code) || guidPattern.test(code)) continue;
      context.report({
        range: context.at(flags.node),
        message: `uninstall_flags of '${subjectOf(version)}' name a product code that is no GUID: ${reason(code)}.`,
        subject: subjectOf(version),
      });
    }
  },
};

function isMeantAsGuid(text: string): boolean {
  return /^\{?[0-9A-Za-z]+(?:-[0-9A-Za-z]+){3,}\}?$/.test(text) && text.length >= 30 && text.length <= 44;
}

function reason(text: string): string {
  if (!text.startsWith("{") || !text.endsWith("}")) return "the braces are missing";
  const inner = text.slice(1, -1);
  const letter = /[^-0-9A-Fa-f]/.exec(inner)?.[0];
  if (letter) return `'${letter}' is no hexadecimal digit`;
  const lengths = inner.split("-").map((group) => group.length);
  return `its groups have ${lengths.join("-")} digits, not 8-4-4-4-12`;
}
