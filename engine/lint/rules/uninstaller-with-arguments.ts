import { type AttributeView, subjectOf, type VersionView } from "../../definition/model.js";
import { attributeText, flagsOf, usesMsiexec } from "../attribute-values.js";
import type { DefinitionContext } from "../definition-context.js";
import type { Fix } from "../finding.js";
import type { DefinitionRule } from "../rule.js";
import { isFetched } from "../windows-paths.js";

export const uninstallerWithArguments: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "uninstaller-with-arguments",
    title: "An installer or uninstaller with arguments in it.",
    severity: "warning",
    salt: "Salt puts quotes around the whole text and looks for a program of that long name, slashes turned into backslashes. There is none, and the call fails.",
    why: "installer and uninstaller name one file; arguments belong in install_flags and uninstall_flags. The registry's UninstallString cannot be pasted as it is.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    uninstaller: 'MsiExec.exe /X{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11}'\n    uninstall_flags: '/qn'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n    uninstaller: 'MsiExec.exe'\n    uninstall_flags: '/X{0D2B1B8A-70D2-4C3A-9A5A-3D7A1A0F9E11} /qn'\n",
    },
    fixable: "fix",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of ["installer", "uninstaller"] as const) {
        const text = attributeText(version, name);
        const attribute = version.attributes.get(name);
        // With msiexec on this is msiexec-uninstaller's.
        if (text === undefined || !attribute || isFetched(text) || usesMsiexec(version)) continue;
        const split = programAndArguments(text);
        if (!split) continue;
        const flagsName = name === "installer" ? "install_flags" : "uninstall_flags";
        const fix = moveArguments(context, version, attribute, split, flagsName);
        context.report({
          range: context.written(attribute.node),
          message: `The ${name} of '${subjectOf(version)}' has arguments in it: '${split.args}'.`,
          salt: `Salt looks for a program called "${text.replaceAll("/", "\\")}" and does not find it.`,
          advice: `Move the arguments to ${flagsName}.`,
          subject: subjectOf(version),
          ...(fix && { fix }),
        });
      }
    }
  },
};

interface Split {
  readonly program: string;
  readonly args: string;
}

/** Windows starts no longer ones, and the pattern looks at each blank. */
const longestCommand = 2048;

/** A program followed by something that begins like an argument; a path with blanks in it is none. */
export function programAndArguments(text: string): Split | undefined {
  if (text.length > longestCommand) return undefined;
  const quoted = /^\s*"([^"]+)"\s+(\S.*)$/s.exec(text);
  if (quoted?.[1] && quoted[2]) return { program: quoted[1], args: quoted[2].trim() };
  const plain =
    /^\s*(.*?\.(?:exe|bat|cmd|com|msi)|(?:.*[\\/])?(?:msiexec|cmd|powershell|rundll32|net|wmic))\s+([-/"{].*)$/is.exec(
      text,
    );
  return plain?.[1] && plain[2] ? { program: plain[1], args: plain[2].trim() } : undefined;
}

function moveArguments(
  context: DefinitionContext,
  version: VersionView,
  attribute: AttributeView,
  { program, args }: Split,
  flagsName: "install_flags" | "uninstall_flags",
): Fix | undefined {
  const flags = version.attributes.get(flagsName);
  const existing = flagsOf(version, flagsName);
  const isScalar = attribute.node.kind === "scalar" && flags?.node.kind === "scalar";
  if (!isScalar || !flags || flags.node.span.start === flags.node.span.end) return undefined;
  const literal = context.locator.isLiteral(attribute.node.span) && context.locator.isLiteral(flags.node.span);
  const joined = [args, existing.trim()].filter(Boolean).join(" ");
  if (!literal || /['\n]|\{\{|\{%/.test(program + joined)) return undefined;
  return {
    title: `Move the arguments to ${flagsName}`,
    edits: [
      { range: context.written(attribute.node), newText: `'${program}'` },
      { range: context.written(flags.node), newText: `'${joined}'` },
    ],
  };
}
