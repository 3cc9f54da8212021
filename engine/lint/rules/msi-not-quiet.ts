import { subjectOf, type VersionView } from "../../definition/model.js";
import { attributeText, flagsOf, usesMsiexec } from "../attribute-values.js";
import type { DefinitionContext } from "../definition-context.js";
import { insertAttribute } from "../edits.js";
import type { Fix } from "../finding.js";
import type { DefinitionRule } from "../rule.js";
import { isMsiexecProgram, isProgram, isQuietMsi } from "../windows-paths.js";

type FlagsName = "install_flags" | "uninstall_flags";

export const msiNotQuiet: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "msi-not-quiet",
    title: "msiexec without /qn, /quiet or /passive.",
    severity: "warning",
    salt: "msiexec opens its dialogs in session 0, where nobody sees them, and Salt waits for it without a time limit.",
    why: "The minion runs as a service. A dialog that waits for a click there waits for ever, and the Salt job with it.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.msi'\n    msiexec: True\n    install_flags: '/norestart'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.msi'\n    msiexec: True\n    install_flags: '/norestart /qn'\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    for (const version of context.versions) {
      const msiexec = usesMsiexec(version);
      // msiexec-with-exe's: msiexec has to go, and the flags are then another program's.
      if (msiexec && isProgram(attributeText(version, "installer") ?? "")) continue;
      if (msiexec && attributeText(version, "installer")) check(context, version, "installer", "install_flags");
      const uninstaller = attributeText(version, "uninstaller");
      if (uninstaller && (msiexec || isMsiexecProgram(uninstaller))) {
        check(context, version, "uninstaller", "uninstall_flags");
      }
    }
  },
};

function check(
  context: DefinitionContext,
  version: VersionView,
  programName: "installer" | "uninstaller",
  flagsName: FlagsName,
): void {
  const flags = version.attributes.get(flagsName);
  const program = version.attributes.get(programName);
  const text = flagsOf(version, flagsName);
  if (!program || isQuietMsi(text) || context.misspelling(version, flagsName)) return;
  const call = programName === "installer" ? "pkg.install" : "pkg.remove";
  const suggestion = addQuiet(context, version, programName, flagsName);
  context.report({
    range: context.at(
      (flags ?? program).node.span.start === (flags ?? program).node.span.end
        ? (flags ?? program).key
        : (flags ?? program).node,
    ),
    message: flags
      ? `${flagsName} of '${subjectOf(version)}' do not make msiexec quiet: '${text}'.`
      : `'${subjectOf(version)}' runs msiexec without ${flagsName}: it is not quiet.`,
    salt: `${call} waits for dialogs that nobody sees, without a time limit.`,
    advice: "Add /qn.",
    subject: subjectOf(version),
    ...(suggestion && { suggestions: [suggestion] }),
  });
}

function addQuiet(
  context: DefinitionContext,
  version: VersionView,
  programName: "installer" | "uninstaller",
  flagsName: FlagsName,
): Fix | undefined {
  const flags = version.attributes.get(flagsName);
  const program = version.attributes.get(programName);
  if (!flags) {
    return (
      program && {
        title: `Add ${flagsName}: '/qn'`,
        edits: [insertAttribute(context, program.node, program.key, `${flagsName}: '/qn'`)],
      }
    );
  }
  const { node, value } = flags;
  if (typeof value !== "string" || !context.locator.isLiteral(node.span) || node.span.start === node.span.end) {
    return undefined;
  }
  const text = `${value} /qn`.trim();
  if (/['\n{}]/.test(text)) return undefined;
  return { title: "Add /qn", edits: [{ range: context.written(node), newText: `'${text}'` }] };
}
