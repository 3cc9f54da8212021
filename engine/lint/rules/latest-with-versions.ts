import type { DefinitionRule } from "../rule.js";

export const latestWithVersions: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "latest-with-versions",
    title: "A version called latest beside numbered ones.",
    severity: "hint",
    salt: "`latest` sorts above every number: pkg.install always picks it, and list_upgrades always offers it.",
    why: "The registry never shows a version called latest, so Salt never finds the package up to date.",
    example: {
      bad: "app:\n  latest:\n    full_name: App\n    installer: 'https://example.com/app.exe'\n    install_flags: '/S'\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const view of context.packages) {
      const latest = view.versions.find(({ key }) => key.value === "latest");
      if (!latest || view.versions.length < 2) continue;
      context.report({
        range: context.at(latest.key),
        message: `Package '${view.name}' has a version 'latest' beside ${view.versions.length - 1} others.`,
        subject: view.name,
      });
    }
  },
};
