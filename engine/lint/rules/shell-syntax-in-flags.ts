import { saltVersionOf } from "../../config/profile.js";
import { subjectOf, type VersionView } from "../../definition/model.js";
import { firstReleases, hasFeature } from "../../salt-version/features.js";
import { attributeText, flagsOf, usesMsiexec } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { environmentVariable, extensionOf, fileNameOf } from "../windows-paths.js";

const pairs = [
  { program: "installer", flags: "install_flags" },
  { program: "uninstaller", flags: "uninstall_flags" },
] as const;

export const shellSyntaxInFlags: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "shell-syntax-in-flags",
    title: "Flags with what only a shell understands.",
    severity: "information",
    salt: `Since ${firstReleases("no-shell")} no shell stands between Salt and the program: it gets \`&&\`, \`|\`, \`>\` and \`%TEMP%\` as they are written.`,
    why: "What cmd.exe made of such flags before, the program does not do: a second command is never run, a file never written, a folder of the name %TEMP% made. With cmd.exe as the program, or a batch file, they work.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S && del C:\\app.lnk'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    if (!hasFeature(saltVersionOf(context.profile), "no-shell")) return;
    for (const version of context.versions) {
      for (const { program, flags: name } of pairs) {
        const flags = version.attributes.get(name);
        const found = flags && !runsInShell(version, program) ? shellSyntax(flagsOf(version, name)) : undefined;
        if (!flags || found === undefined) continue;
        context.report({
          range: context.at(flags.node),
          message: `${name} of '${subjectOf(version)}' have '${found}' in them, which only a shell understands.`,
          salt: `No shell runs; the program gets '${found}' as it is.`,
          advice: "Remove it, or let cmd.exe be the program: its flags begin with /c.",
          subject: subjectOf(version),
        });
      }
    }
  },
};

function runsInShell(version: VersionView, program: "installer" | "uninstaller"): boolean {
  const text = attributeText(version, program);
  if (text === undefined) return program === "uninstaller" && !attributeText(version, "installer");
  if (usesMsiexec(version)) return false;
  return /^(?:bat|cmd)$/.test(extensionOf(text)) || /^"?(?:cmd(?:\.exe)?|%comspec%)"?$/i.test(fileNameOf(text).trim());
}

/** The first operator of cmd.exe outside of quotes, or variable. */
function shellSyntax(flags: string): string | undefined {
  const unquoted = flags.replace(/"[^"]*"?/g, (text) => " ".repeat(text.length));
  const operator = /(?:^|\s)(&&?|\|\|?|[12]?>>?(?:&1)?|<)(?=\s|$|[\w%\\:.])/.exec(unquoted)?.[1];
  return operator ?? environmentVariable.exec(flags)?.[0];
}
