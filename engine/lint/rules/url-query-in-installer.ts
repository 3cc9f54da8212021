import { subjectOf } from "../../definition/model.js";
import { attributeText, usesMsiexec } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { isFetched } from "../windows-paths.js";

export const urlQueryInInstaller: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "url-query-in-installer",
    title: "An installer URL with a query.",
    severity: "warning",
    salt: "Salt makes the query part of the cached file's name: `setup.exe?id=1` is saved as `setup.exe-id=1`, which Windows does not start.",
    why: "Windows decides by the ending of the name what a file is. msiexec does not mind, programs do.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/setup.exe?version=1.0'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/1.0/setup.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      for (const name of ["installer", "uninstaller"]) {
        const url = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (url === undefined || !node || !isFetched(url) || usesMsiexec(version)) continue;
        const cached = cachedName(url);
        // The ending decides: `download?file=setup.exe` is cached as `download-file=setup.exe`, which starts.
        if (cached === undefined || /\.(exe|com|bat|cmd)$/i.test(cached)) continue;
        context.report({
          range: context.written(node),
          message: `The ${name} of '${subjectOf(version)}' has a query; Salt saves the file as '${cached}'.`,
          salt: `Windows does not start a file called '${cached}': the call fails.`,
          advice: "Use a URL without a query, or put the file on the file server.",
          subject: subjectOf(version),
        });
      }
    }
  },
};

/** The name in Salt's cache of an http(s) URL with a query (salt-reference §7.4); undefined without one. */
function cachedName(url: string): string | undefined {
  const match = /^(?:https?|ftp|swift|s3):\/\/[^/?#]*\/([^?#]*)\?([^#]+)/i.exec(url);
  if (!match) return undefined;
  const name = (match[1] as string).split("/").at(-1);
  return `${name}-${match[2]}`;
}
