import type { PackageView } from "../../definition/model.js";
import { latestVersion } from "../../version/version.js";
import type { DefinitionRule } from "../rule.js";

export const newestVersionWithoutInstaller: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "newest-version-without-installer",
    title: "The version that pkg.install picks has no installer, while older ones have.",
    severity: "warning",
    salt: 'pkg.install without a version takes the greatest one and answers {"no installer": "…"}.',
    why: "A version without installer is fine for software that is only to be removed, but it must not be the newest beside versions that can be installed. Salt's order is special: letters sort above digits, `latest` above numbers.",
    example: {
      bad: "app:\n  '2.0':\n    full_name: 'App 2.0'\n    uninstaller: 'C:\\App\\uninstall.exe'\n    uninstall_flags: '/S'\n  '1.0':\n    full_name: 'App 1.0'\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '2.0':\n    full_name: 'App 2.0'\n    installer: 'https://example.com/app-2.0.exe'\n    install_flags: '/S'\n  '1.0':\n    full_name: 'App 1.0'\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const view of context.packages) {
      // What is no mapping is version-not-mapping's, and costs the whole file.
      if (view.versions.some(({ node }) => node.kind !== "mapping") || !view.versions.some(hasInstaller)) continue;
      const newest = newestOf(view);
      if (!newest || hasInstaller(newest) || context.misspelling(newest, "installer")) continue;
      context.report({
        range: context.at(newest.key),
        message: `Version '${newest.name}' of '${view.name}', the newest, has no installer.`,
        salt: `pkg.install ${view.name} answers {"no installer": "${newest.name}"}, although older versions could be installed.`,
        advice: "Give it an installer, or remove the version.",
        subject: view.name,
      });
    }
  },
};

function newestOf(view: PackageView): PackageView["versions"][number] | undefined {
  const usable = view.versions.filter(({ key }) => typeof key.value === "string" && key.value !== "");
  const greatest = latestVersion(usable.map(({ name }) => name));
  return usable.find(({ name }) => name === greatest);
}

function hasInstaller({ attributes }: PackageView["versions"][number]): boolean {
  return Boolean(attributes.get("installer")?.value);
}
