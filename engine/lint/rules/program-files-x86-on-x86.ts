import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const programFilesX86OnX86: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "program-files-x86-on-x86",
    title: "%ProgramFiles(x86)% in a definition for 32-bit Windows.",
    severity: "warning",
    salt: "A 32-bit Windows has no such variable. Salt leaves the text as it is and finds no program there.",
    why: "Mostly the branches for the two architectures are swapped: 32-bit software lies in %ProgramFiles(x86)% on a 64-bit Windows and in %ProgramFiles% on a 32-bit one.",
    example: {
      bad: "{% if grains['cpuarch'] == 'AMD64' %}\n{% set PROGRAM_FILES = '%ProgramFiles%' %}\n{% else %}\n{% set PROGRAM_FILES = '%ProgramFiles(x86)%' %}\n{% endif %}\napp:\n  '1.0':\n    full_name: App\n    uninstaller: '{{ PROGRAM_FILES }}\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
      good: "{% if grains['cpuarch'] == 'AMD64' %}\n{% set PROGRAM_FILES = '%ProgramFiles(x86)%' %}\n{% else %}\n{% set PROGRAM_FILES = '%ProgramFiles%' %}\n{% endif %}\napp:\n  '1.0':\n    full_name: App\n    uninstaller: '{{ PROGRAM_FILES }}\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    if (!context.is32Bit || !context.asksForArchitecture) return;
    for (const version of context.versions) {
      for (const name of ["uninstaller", "installer", "install_flags", "uninstall_flags"]) {
        const text = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (!node || text === undefined || !/%ProgramFiles\(x86\)%/i.test(text)) continue;
        context.report({
          range: context.at(node),
          message: `${name} of '${subjectOf(version)}' uses %ProgramFiles(x86)%, which a 32-bit Windows does not have.`,
          advice: "Use %ProgramFiles% there; see whether the branches for the architectures are swapped.",
          subject: subjectOf(version),
        });
      }
    }
  },
};
