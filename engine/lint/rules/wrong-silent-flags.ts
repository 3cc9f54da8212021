import { subjectOf, type VersionView } from "../../definition/model.js";
import { attributeText, flagsOf, usesMsiexec } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { extensionOf, fileNameOf, isMsiexecProgram, wordsOf } from "../windows-paths.js";

export const wrongSilentFlags: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "wrong-silent-flags",
    title: "Flags that do not make this kind of installer silent.",
    severity: "warning",
    salt: "The program opens its windows in session 0, where nobody sees them, and Salt waits for it without a time limit.",
    why: "The kind is known from signs that only one kind has: `unins000.exe` is Inno Setup's and wants /SILENT or /VERYSILENT; `/D=` and `/NCRC` are NSIS's and go with a capital /S; `/v\"…\"` is InstallShield's and needs /s before it.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-setup.exe'\n    install_flags: '/S'\n    uninstaller: '%ProgramFiles%\\App\\unins000.exe'\n    uninstall_flags: '/VERYSILENT'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-setup.exe'\n    install_flags: '/VERYSILENT'\n    uninstaller: '%ProgramFiles%\\App\\unins000.exe'\n    uninstall_flags: '/VERYSILENT'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      if (usesMsiexec(version)) continue;
      for (const flagsName of ["install_flags", "uninstall_flags"] as const) {
        const flags = version.attributes.get(flagsName);
        // No flags at all are exe-without-flags'.
        if (!flags || flagsOf(version, flagsName).trim() === "") continue;
        const problem = problemOf(version, flagsName);
        if (!problem) continue;
        context.report({
          range: context.at(flags.node),
          message: `${flagsName} of '${subjectOf(version)}' are '${flagsOf(version, flagsName)}', but ${problem.why}.`,
          advice: problem.advice,
          ...(problem.severity && { severity: problem.severity }),
          subject: subjectOf(version),
        });
      }
    }
  },
};

interface Mismatch {
  readonly why: string;
  readonly advice: string;
  readonly severity?: "hint";
}

function problemOf(version: VersionView, flagsName: "install_flags" | "uninstall_flags"): Mismatch | undefined {
  const program = attributeText(version, flagsName === "install_flags" ? "installer" : "uninstaller");
  if (program === undefined || extensionOf(program) !== "exe" || isMsiexecProgram(program)) return undefined;
  const words = wordsOf(flagsOf(version, flagsName));
  const uninstaller = fileNameOf(attributeText(version, "uninstaller") ?? "");
  if (/^unins\d{3}\.exe$/i.test(uninstaller)) {
    if (words.some((word) => /^[-/](?:very)?silent$/i.test(word))) return undefined;
    const why = `the uninstaller ${uninstaller} shows that this is Inno Setup, which is silent with /SILENT or /VERYSILENT only`;
    return { why, advice: "Use /VERYSILENT /SUPPRESSMSGBOXES /NORESTART." };
  }
  if (words.includes("/s") && !words.includes("/S") && isNsis(version, words, flagsName)) {
    return { why: "NSIS is silent with a capital /S only", advice: "Write /S." };
  }
  if (words.some((word) => /^[-/]v["/]/i.test(word)) && !words.some((word) => /^[-/](?:s|silent)$/i.test(word))) {
    const why = "/v only passes options to the MSI inside an InstallShield setup, whose own windows need /s";
    // Many of these windows only show progress and go away by themselves.
    return { why, advice: "Add /s before /v.", severity: "hint" };
  }
  return undefined;
}

/** Signs of NSIS: its own options, or the other direction's flags for an uninstaller with NSIS's usual name. */
function isNsis(
  version: VersionView,
  words: readonly string[],
  flagsName: "install_flags" | "uninstall_flags",
): boolean {
  if (words.some((word) => /^\/(?:D=|NCRC$)/.test(word) || word.startsWith("_?="))) return true;
  const other = wordsOf(flagsOf(version, flagsName === "install_flags" ? "uninstall_flags" : "install_flags"));
  const uninstaller = fileNameOf(attributeText(version, "uninstaller") ?? "");
  return other.includes("/S") && /^(?:un-?inst(?:all(?:er)?)?)\.exe$/i.test(uninstaller);
}
