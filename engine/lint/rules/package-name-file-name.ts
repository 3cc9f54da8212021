import type { DefinitionRule } from "../rule.js";

export const packageNameFileName: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "package-name-file-name",
    title: "A file with one package of another name.",
    severity: "hint",
    salt: "Salt does not look at file names; only people do.",
    why: "Who looks for a package looks for a file of that name.",
    example: {
      bad: "# app.sls\nother-app:\n  '1.0':\n    full_name: App\n",
      good: "# app.sls\napp:\n  '1.0':\n    full_name: App\n",
    },
    fixable: "no",
  },
  check(context) {
    const [view] = context.packages;
    if (context.packages.length !== 1 || !view) return;
    const parts = context.path.replace(/\.sls$/, "").split(/[\\/]/);
    const file = parts.at(-1) === "init" ? parts.at(-2) : parts.at(-1);
    if (file === undefined || view.name === file) return;
    context.report({
      range: context.written(view.key),
      message: `The package of ${parts.at(-1)}.sls is called '${view.name}'.`,
      subject: view.name,
    });
  },
};
