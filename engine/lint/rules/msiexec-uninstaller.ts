import { type AttributeView, subjectOf, type VersionView } from "../../definition/model.js";
import { attributeText, flagsOf, usesMsiexec } from "../attribute-values.js";
import type { DefinitionContext } from "../definition-context.js";
import type { Fix } from "../finding.js";
import type { DefinitionRule } from "../rule.js";
import { extensionOf, guidInText, guidPattern, isFetched, isMsiexecProgram, isProgram } from "../windows-paths.js";

export const msiexecUninstaller: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "msiexec-uninstaller",
    title: "msiexec switched on, with an uninstaller that is neither an .msi nor a GUID.",
    severity: "warning",
    salt: 'Salt runs `msiexec /X` with the uninstaller as the product: `"msiexec" /X "msiexec.exe" /qn /x {…}`. Windows Installer answers 1619 or shows its help, and nothing is removed.',
    why: "With msiexec the uninstaller names a product: an .msi or a product code. Everything else only works with `msiexec: False`.",
    example: {
      bad: "keepass:\n  '2.29.0':\n    full_name: KeePass\n    installer: 'https://example.com/KeePass-2.29.msi'\n    install_flags: '/qn'\n    msiexec: True\n    uninstaller: 'msiexec.exe'\n    uninstall_flags: '/qn /x {5621BB3B-DFF3-48CA-93FE-4A018FB593B0}'\n",
      good: "keepass:\n  '2.29.0':\n    full_name: KeePass\n    installer: 'https://example.com/KeePass-2.29.msi'\n    install_flags: '/qn'\n    msiexec: True\n    uninstaller: '{5621BB3B-DFF3-48CA-93FE-4A018FB593B0}'\n    uninstall_flags: '/qn'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      const uninstaller = attributeText(version, "uninstaller");
      const attribute = version.attributes.get("uninstaller");
      if (uninstaller === undefined || !attribute || !usesMsiexec(version) || isProduct(uninstaller)) continue;
      const fix = fixFor(context, version, attribute, uninstaller);
      const pasted = isPasted(uninstaller);
      context.report({
        range: context.written(attribute.node),
        message: pasted
          ? `The uninstaller of '${subjectOf(version)}' is a whole command line ('${uninstaller}'), and msiexec is on as well.`
          : `The uninstaller of '${subjectOf(version)}' is '${uninstaller}', neither an .msi nor a GUID, but msiexec is on.`,
        salt:
          `Salt runs "msiexec" /X "${uninstaller.replaceAll("/", "\\")}" ${flagsOf(version, "uninstall_flags")}`.trim() +
          "; nothing is removed.",
        advice: "Give the product's GUID or its .msi; the flags then need no /x.",
        subject: subjectOf(version),
        ...(fix && { fix }),
      });
    }
  },
};

function isProduct(uninstaller: string): boolean {
  const text = uninstaller.trim();
  // An almost right GUID is guid-malformed's.
  if (/^\{.*\}$/.test(text) || extensionOf(text) === "msi") return true;
  // A download without an ending of its own may well be an MSI; msiexec looks into the file.
  return isFetched(text) && !isProgram(text);
}

function isPasted(uninstaller: string): boolean {
  return /msiexec/i.test(uninstaller) && guidInText.test(uninstaller);
}

/** Moves the product code to where Salt wants it, when there is exactly one and all texts are the author's own. */
function fixFor(
  context: DefinitionContext,
  version: VersionView,
  uninstaller: AttributeView,
  text: string,
): Fix | undefined {
  if (uninstaller.node.kind !== "scalar" || !context.locator.isLiteral(uninstaller.node.span)) return undefined;
  const flags = version.attributes.get("uninstall_flags");
  const pasted = /msiexec(?:\.exe)?"?\s+[-/]+[xi]\s*(\{[-0-9a-f]+\})\s*$/i.exec(text)?.[1];
  if (pasted && guidPattern.test(pasted)) {
    const range = context.written(uninstaller.node);
    return { title: `Use the GUID alone: '${pasted}'`, edits: [{ range, newText: `'${pasted}'` }] };
  }
  if (!isMsiexecProgram(text) || !flags || flags.node.kind !== "scalar" || typeof flags.value !== "string") {
    return undefined;
  }
  if (!context.locator.isLiteral(flags.node.span)) return undefined;
  const uninstall = [...flags.value.matchAll(/[-/]x\s*(\{[-0-9a-f]+\})/gi)];
  const [match] = uninstall;
  if (uninstall.length !== 1 || !match?.[1] || !guidPattern.test(match[1])) return undefined;
  const before = flags.value.slice(0, match.index).trimEnd();
  const left = `${before}${flags.value.slice(match.index + match[0].length)}`.trim();
  if (/[{}'\\]/.test(left)) return undefined;
  return {
    title: `Make the GUID the uninstaller: '${match[1]}'`,
    edits: [
      { range: context.written(uninstaller.node), newText: `'${match[1]}'` },
      { range: context.written(flags.node), newText: `'${left}'` },
    ],
  };
}
