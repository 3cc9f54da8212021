import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const missingSourceHash: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "missing-source-hash",
    title: "An installer from the web without source_hash.",
    severity: "off",
    salt: "Salt runs whatever the server sends, as LocalSystem.",
    why: "With source_hash Salt checks the file before it runs it. Few public repositories have hashes, so the rule is off until a project asks for it.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n    source_hash: 'sha1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const version of context.versions) {
      const installer = attributeText(version, "installer");
      const node = version.attributes.get("installer")?.node;
      if (!node || installer === undefined || !/^(https?|ftp):/i.test(installer)) continue;
      if (version.attributes.get("source_hash")?.value || context.misspelling(version, "source_hash")) continue;
      context.report({
        range: context.written(node),
        message: `The installer of '${subjectOf(version)}' has no source_hash.`,
        advice: "Add source_hash: sha256=…",
        subject: subjectOf(version),
      });
    }
  },
};
