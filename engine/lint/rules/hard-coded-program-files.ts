import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const hardCodedProgramFiles: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "hard-coded-program-files",
    title: "C:\\Program Files written out in an uninstaller.",
    severity: "hint",
    salt: "Salt uses the path as it is; on a machine whose Windows is not on C: it does not exist.",
    why: "Salt expands environment variables in uninstaller: %ProgramFiles% is right everywhere.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    uninstaller: 'C:\\Program Files\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    uninstaller: '%ProgramFiles%\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    for (const version of context.versions) {
      const path = attributeText(version, "uninstaller");
      const node = version.attributes.get("uninstaller")?.node;
      const folder = path && /^C:[\\/]Program Files( \(x86\))?(?=[\\/])/i.exec(path);
      if (!folder || !node) continue;
      const range = context.at(node);
      const at = context.text(range).indexOf(folder[0]);
      const place = { start: range.start + at, end: range.start + at + folder[0].length };
      const variable = folder[1] ? "%ProgramFiles(x86)%" : "%ProgramFiles%";
      context.report({
        range,
        message: `The uninstaller of '${subjectOf(version)}' writes out ${folder[0]}.`,
        advice: `Use ${variable}.`,
        subject: subjectOf(version),
        ...(at >= 0 && {
          suggestions: [{ title: `Use ${variable}`, edits: [{ range: place, newText: variable }] }],
        }),
      });
    }
  },
};
