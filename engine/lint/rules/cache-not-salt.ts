import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const cacheNotSalt: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "cache-not-salt",
    title: "cache_dir or cache_file without a salt:// path.",
    severity: "warning",
    salt: "Salt ignores both silently unless the path begins with `salt:`; the files that the installer needs are then not there.",
    why: "Only the file server can give a folder or a second file. Of a web server Salt fetches the installer alone.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app/setup.exe'\n    install_flags: '/S'\n    cache_dir: True\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/repo-ng/app/setup.exe'\n    install_flags: '/S'\n    cache_dir: True\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const folder = version.attributes.get("cache_dir");
      const locations = [attributeText(version, "installer"), attributeText(version, "uninstaller")].filter(Boolean);
      const fromSalt = locations.some((location) => location?.startsWith("salt:"));
      if (folder?.value === true && locations.length && !fromSalt) {
        context.report({
          range: context.written(folder.key),
          message: `cache_dir of '${subjectOf(version)}' has no effect: neither installer nor uninstaller is a salt:// path.`,
          advice: "Put the folder on the file server, or remove cache_dir.",
          subject: subjectOf(version),
        });
      }
      const file = version.attributes.get("cache_file");
      if (typeof file?.value === "string" && file.value !== "" && !file.value.startsWith("salt:")) {
        context.report({
          range: context.at(file.node),
          message: `cache_file of '${subjectOf(version)}' has no effect: '${file.value}' is no salt:// path.`,
          advice: "Put the file on the file server, or remove cache_file.",
          subject: subjectOf(version),
        });
      }
    }
  },
};
