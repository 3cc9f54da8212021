import { subjectOf } from "../../definition/model.js";
import { describe } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const cacheFileType: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "cache-file-type",
    title: "A cache_file that is no text.",
    severity: "error",
    salt: "pkg.install ends with an AttributeError (`'list' object has no attribute 'startswith'`); packages after it are not processed.",
    why: "cache_file names one file. For several, put them in one folder and use cache_dir.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/app/setup.exe'\n    install_flags: '/S'\n    cache_file:\n      - 'salt://win/app/a.ini'\n      - 'salt://win/app/b.ini'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'salt://win/app/setup.exe'\n    install_flags: '/S'\n    cache_dir: True\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const attribute = version.attributes.get("cache_file");
      // What Python calls false is skipped before it is looked at.
      if (!attribute || typeof attribute.value === "string" || !attribute.value) continue;
      if (attribute.node.kind !== "scalar" && isEmpty(attribute.node)) continue;
      context.report({
        range: context.written(attribute.key),
        message: `cache_file of '${subjectOf(version)}' is ${describe(attribute.value)}, not the path of one file.`,
        advice: "Name one file, or use cache_dir for a whole folder.",
        subject: subjectOf(version),
      });
    }
  },
};

function isEmpty(node: { kind: string; items?: readonly unknown[]; pairs?: readonly unknown[] }): boolean {
  return (node.items ?? node.pairs ?? []).length === 0;
}
