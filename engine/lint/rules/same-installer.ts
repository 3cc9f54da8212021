import type { VersionView } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

export const sameInstaller: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "same-installer",
    title: "Several versions with one installer.",
    severity: "hint",
    salt: "Salt fetches the same file for each of them: asking for the older version installs the newer one.",
    why: "Mostly a URL in a loop that does not use the loop's variable. URLs that always give the newest are meant so; then one version is enough.",
    example: {
      bad: "vcxsrv:\n  {% for version in ['1.20.0.0', '1.19.6.4'] %}\n  '{{ version }}':\n    full_name: VcXsrv\n    installer: 'https://example.com/vcxsrv.1.20.0.0.installer.exe'\n    install_flags: '/S'\n  {% endfor %}\n",
      good: "vcxsrv:\n  {% for version in ['1.20.0.0', '1.19.6.4'] %}\n  '{{ version }}':\n    full_name: VcXsrv\n    installer: 'https://example.com/vcxsrv.{{ version }}.installer.exe'\n    install_flags: '/S'\n  {% endfor %}\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const view of context.packages) {
      const byUrl = new Map<string, VersionView[]>();
      for (const version of view.versions) {
        const url = attributeText(version, "installer");
        if (url !== undefined && /^https?:/i.test(url)) byUrl.set(url, [...(byUrl.get(url) ?? []), version]);
      }
      for (const [url, versions] of byUrl) {
        const node = versions[0]?.attributes.get("installer")?.node;
        if (versions.length < 2 || !node) continue;
        context.report({
          range: context.written(node),
          message: `The versions ${versions.map(({ name }) => `'${name}'`).join(", ")} of '${view.name}' have the same installer, ${url}.`,
          advice: "Use the loop's variable in the URL, or keep one of the versions.",
          subject: view.name,
        });
      }
    }
  },
};
