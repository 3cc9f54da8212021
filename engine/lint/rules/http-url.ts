import { subjectOf } from "../../definition/model.js";
import { attributeText } from "../attribute-values.js";
import type { DefinitionRule } from "../rule.js";

/** Nobody sits between a machine and itself. */
const overTheNetwork = /^http:\/\/(?!(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/]|$))/i;

export const httpUrl: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "http-url",
    title: "An installer that is fetched without encryption.",
    severity: "information",
    salt: "Salt fetches the file over plain http and runs it as LocalSystem; without source_hash whoever sits between can put another one there.",
    why: "Most servers speak https too. Where one does not, add source_hash. URLs of the own network are often fine; switch the rule off for them.",
    example: {
      bad: "app:\n  '1.0':\n    full_name: App\n    installer: 'http://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
      good: "app:\n  '1.0':\n    full_name: App\n    installer: 'https://example.com/app-1.0.exe'\n    install_flags: '/S'\n",
    },
    fixable: "suggestion",
  },
  check(context) {
    for (const version of context.versions) {
      if (version.attributes.get("source_hash")?.value) continue;
      for (const name of ["installer", "uninstaller"]) {
        const url = attributeText(version, name);
        const node = version.attributes.get(name)?.node;
        if (!node || url === undefined || !overTheNetwork.test(url)) continue;
        const range = context.written(node);
        const at = context.text(range).search(/http:\/\//i);
        const place = at < 0 ? range : { start: range.start + at, end: range.start + at + "http".length };
        context.report({
          range: at < 0 ? context.at(node) : place,
          message: `The ${name} of '${subjectOf(version)}' is fetched over plain http.`,
          advice: "Use https, or add source_hash.",
          subject: subjectOf(version),
          ...(at >= 0 && { suggestions: [{ title: "Use https", edits: [{ range: place, newText: "https" }] }] }),
        });
      }
    }
  },
};
