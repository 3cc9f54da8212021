import { subjectOf, type VersionView } from "../../definition/model.js";
import { attributeText, flagsOf, usesMsiexec } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { extensionOf, fileNameOf, isFetched, isMsiexecProgram } from "../windows-paths.js";
import { programAndArguments } from "./uninstaller-with-arguments.js";

const pairs = [
  { program: "installer", flags: "install_flags", call: "pkg.install" },
  { program: "uninstaller", flags: "uninstall_flags", call: "pkg.remove" },
] as const;

export const exeWithoutFlags: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "exe-without-flags",
    title: "A setup program without any flags.",
    severity: "warning",
    salt: "The program opens its windows in session 0, where nobody sees them, and Salt waits for it without a time limit.",
    why: "Every common kind of installer needs a flag to be silent: /S (NSIS, with a capital S), /VERYSILENT (Inno Setup), /quiet (WiX Burn), /s (InstallShield). Without one it waits for a click that never comes.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-setup.exe'\n    install_flags: ''\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-setup.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      if (usesMsiexec(version)) continue;
      for (const { program: name, flags: flagsName, call } of pairs) {
        const program = version.attributes.get(name);
        const text = attributeText(version, name);
        if (!program || text === undefined || flagsOf(version, flagsName).trim() !== "") continue;
        if (extensionOf(text) !== "exe" || isMsiexecProgram(text) || isSquirrel(version)) continue;
        if (context.misspelling(version, flagsName) || isCommandLine(text)) continue;
        const flags = version.attributes.get(flagsName);
        context.report({
          range: flags ? context.written(flags.key) : context.written(program.node),
          message: `${fileNameOf(text)} of '${subjectOf(version)}' is started without any flags.`,
          salt: `${call} waits for windows that nobody sees, without a time limit.`,
          advice: `Give the flag that makes it silent in ${flagsName}.`,
          subject: subjectOf(version),
        });
      }
    }
  },
};

/** A command line where a program belongs is uninstaller-with-arguments'. */
function isCommandLine(text: string): boolean {
  return !isFetched(text) && programAndArguments(text) !== undefined;
}

/** Squirrel's programs show a picture and ask nothing. */
function isSquirrel(version: VersionView): boolean {
  return /^update\.exe$/i.test(fileNameOf(attributeText(version, "uninstaller") ?? ""));
}
