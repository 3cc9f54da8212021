import { subjectOf } from "../../definition/model.js";
import { truthy } from "../../value/operators.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";
import { saltLocation } from "../salt-location.js";

/** Folders of the file server that hold the definitions themselves: the root, win/repo-ng, and a git checkout in it. */
const roots = /^(?:win(?:\/repo(?:-ng)?(?:\/[^/]+\/_)?)?)?$/i;

export const cacheDirOfRoot: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "cache-dir-of-root",
    title: "cache_dir beside an installer in the repository's root.",
    severity: "warning",
    salt: "Salt copies the folder of the installer with all that is below it to each minion: here the whole repository.",
    why: "The copy can be gigabytes, and it is made again for each version. Salt's documentation warns of it: an installer that needs `cache_dir` belongs into a folder of its own.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/setup.exe'\n    install_flags: '/S'\n    cache_dir: True\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/app/setup.exe'\n    install_flags: '/S'\n    cache_dir: True\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const cacheDir = version.attributes.get("cache_dir");
      if (!cacheDir || !truthy(cacheDir.value)) continue;
      const location = ["installer", "uninstaller"]
        .map((name) => attributeText(version, name))
        .find((text) => text !== undefined && isInRoot(text));
      if (location === undefined) continue;
      context.report({
        range: context.written(cacheDir.key),
        message: `cache_dir of '${subjectOf(version)}' copies the whole repository to each minion: ${location} lies in its root.`,
        advice: "Put what the installer needs into a folder of its own, below the repository.",
        subject: subjectOf(version),
      });
    }
  },
};

function isInRoot(location: string): boolean {
  const path = saltLocation(location)?.path;
  return path !== undefined && roots.test(path.split("/").slice(0, -1).join("/"));
}
