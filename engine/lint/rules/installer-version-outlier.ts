import type { DefinitionRule } from "../rule.js";
import { checkAttribute } from "./full-name-outlier.js";

export const installerVersionOutlier: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "installer-version-outlier",
    title: "One version whose installer carries another version, while those of its siblings carry their own.",
    severity: "hint",
    salt: "Salt installs what the URL gives: another version than the one that was asked for.",
    why: "URLs without the version are common and no mistake. But when all siblings have their version in the URL and one has another, it is mostly a copy that was not edited.",
    example: {
      bad: "app:\n  '1.12.8':\n    full_name: App\n    installer: 'https://example.com/app-1.12.6.exe'\n    install_flags: '/S'\n  '1.12.7':\n    full_name: App\n    installer: 'https://example.com/app-1.12.7.exe'\n    install_flags: '/S'\n  '1.12.6':\n    full_name: App\n    installer: 'https://example.com/app-1.12.6.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.12.8':\n    full_name: App\n    installer: 'https://example.com/app-1.12.8.exe'\n    install_flags: '/S'\n  '1.12.7':\n    full_name: App\n    installer: 'https://example.com/app-1.12.7.exe'\n    install_flags: '/S'\n  '1.12.6':\n    full_name: App\n    installer: 'https://example.com/app-1.12.6.exe'\n    install_flags: '/S'\n",
    },
    fixable: "no",
  },
  check(context) {
    for (const view of context.packages) checkAttribute(context, view.versions, "installer");
  },
};
