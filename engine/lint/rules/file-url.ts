import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const fileUrl: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "file-url",
    title: "A file: URL that Salt misreads.",
    severity: "warning",
    salt: "`file:///C:/app.msi` becomes the path `/C:/app.msi`, and `file://server/share/app.msi` loses the server; neither exists.",
    why: "Plain Windows paths and UNC paths need no URL.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'file:///C:/install/app.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'C:\\install\\app.exe'\n    install_flags: '/S'\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of ["installer", "uninstaller"]) {
        const url = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (!node || url === undefined || !/^file:/i.test(url) || /^file:\/\/[a-z]:/i.test(url)) continue;
        const plain = windowsPath(url);
        const literal = context.locator.isLiteral(node.span) && !/['\n]/.test(plain);
        context.report({
          range: context.written(node),
          message: `The ${name} of '${subjectOf(version)}' is a file: URL that Salt misreads: ${url}.`,
          advice: `Write the path itself: ${plain}`,
          subject: subjectOf(version),
          ...(literal && {
            suggestions: [
              { title: `Write ${plain}`, edits: [{ range: context.written(node), newText: `'${plain}'` }] },
            ],
          }),
        });
      }
    }
  },
};

function windowsPath(url: string): string {
  const path = url.replace(/^file:/i, "").replaceAll("/", "\\");
  return /^\\{1,3}[a-z]:/i.test(path) ? path.replace(/^\\+/, "") : `\\\\${path.replace(/^\\+/, "")}`;
}
