import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const pathOutsideRepository: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "path-outside-repository",
    title: "A salt:// path that climbs out of the file server.",
    severity: "warning",
    salt: "The file server refuses paths with `..`; the call ends with `Failed to cache …`.",
    why: "A path that leaves the root is a mistake or an attempt to read the master's other files.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/../../../etc/app.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/app/app.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of ["installer", "uninstaller", "cache_file", "source_hash"]) {
        const path = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (!node || path === undefined || !/^salt:/i.test(path) || !/(^|[\\/])\.\.([\\/]|$)/.test(path)) continue;
        context.report({
          range: context.at(node),
          message: `${name} of '${subjectOf(version)}' leaves the file server's root: ${path}.`,
          advice: "Write the path from the root, without '..'.",
          subject: subjectOf(version),
        });
      }
    }
  },
};
