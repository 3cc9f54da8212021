import { subjectOf } from "../../definition/model.js";
import { firstReleases } from "../../salt-version/features.js";
import { attributeText, usesMsiexec } from "../attribute-values.js";
import { insertAttribute } from "../edits.js";
import type { DefinitionRule } from "../rule.js";
import { extensionOf } from "../windows-paths.js";

export const msiWithoutMsiexec: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "msi-without-msiexec",
    title: "An .msi installer without msiexec: True.",
    severity: "warning",
    salt: `Salt runs the .msi as if it were a program. Since ${firstReleases("no-shell")} it starts programs without cmd.exe, and an .msi is none: the installation fails. Before, cmd.exe opens it through the file association.`,
    why: "An MSI is data for msiexec. With `msiexec: True` Salt runs `msiexec /I` and passes the flags to it.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-1.0.msi'\n    install_flags: '/qn'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-1.0.msi'\n    install_flags: '/qn'\n    msiexec: True\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    for (const version of context.versions) {
      const installer = attributeText(version, "installer");
      if (installer === undefined || extensionOf(installer) !== "msi") continue;
      const msiexec = version.attributes.get("msiexec");
      if (context.misspelling(version, "msiexec")) continue;
      if (usesMsiexec(version) || (msiexec && typeof msiexec.value !== "boolean")) continue;
      const { node, key } = version.attributes.get("installer") ?? version;
      const literal = msiexec && context.locator.isLiteral(msiexec.node.span);
      const edit = msiexec
        ? literal && { range: context.written(msiexec.node), newText: "True" }
        : insertAttribute(context, node, key, "msiexec: True");
      context.report({
        range: context.written(msiexec?.node ?? node),
        message: `The installer of '${subjectOf(version)}' is an MSI, but msiexec is not switched on.`,
        advice: "Set msiexec: True, and see that uninstaller is then an .msi or a GUID.",
        subject: subjectOf(version),
        ...(edit && { suggestions: [{ title: "Set msiexec: True", edits: [edit] }] }),
      });
    }
  },
};
