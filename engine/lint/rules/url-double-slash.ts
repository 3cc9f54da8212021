import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const urlDoubleSlash: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "url-double-slash",
    title: "Two slashes in the middle of a URL.",
    severity: "hint",
    salt: "Salt asks the server for exactly that; many servers take it, some answer 404.",
    why: "Mostly a variable that ends with a slash is followed by one more.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/dist//app.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/dist/app.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of ["installer", "uninstaller"]) {
        const url = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        const path = url && /^(?:https?|ftp|salt):\/\/([^?#]*)/i.exec(url)?.[1];
        if (!node || !path?.includes("//") || /https?:\/\//i.test(path)) continue;
        context.report({
          range: context.written(node),
          message: `The ${name} of '${subjectOf(version)}' has two slashes in its path: ${url}.`,
          subject: subjectOf(version),
        });
      }
    }
  },
};
