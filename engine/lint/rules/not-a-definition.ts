import { classify, type FileKind, fileKindNames } from "../../definition/classify.js";
import type { DefinitionContext } from "../definition-context.js";
import type { DefinitionRule } from "../rule.js";

/** What has a shape of its own. Pillar data differs from a definition that was begun by its meaning alone. */
const certainKinds: ReadonlySet<FileKind> = new Set(["state", "top", "configuration"]);

export const notADefinition: DefinitionRule = {
  kind: "definition",
  meta: {
    code: "not-a-definition",
    title: "A state, a top file or a configuration of Salt among the definitions.",
    severity: "error",
    rejects: true,
    salt: "Salt reads every .sls file below winrepo_source_dir as a package definition, whatever it is: the file fails, or stops the whole refresh.",
    why: "Minions fetch the whole folder. What is no definition has its place elsewhere in file_roots. Where this finding stands, nothing else is said of the file: every other finding would be about a definition that it is not.",
    example: {
      bad: "nginx:\n  pkg.installed:\n    - version: '1.26.1'\n",
      good: "nginx:\n  '1.26.1':\n    full_name: 'nginx 1.26.1'\n",
    },
    fixable: "no",
  },
  check(context) {
    const { kind, line, reason } = classify(context.source, context.path);
    if (!certainKinds.has(kind) || context.rendered.status === "ok") return;
    const start = startOfLine(context.source, line ?? 0);
    const end = context.source.slice(start).search(/\r?\n|$/) + start;
    context.report({
      range: { start, end },
      message: `This is ${fileKindNames[kind]}, no package definition: ${reason}.`,
      salt: saltSays(context),
      advice: "Move it out of the folder that minions fetch definitions from.",
    });
  },
};

function saltSays({ rendered: { status, messages } }: DefinitionContext): string {
  const said = messages.map((message) => message.trim()).join("; ");
  return status === "abort"
    ? `pkg.refresh_db ends with "${said}" and writes no database: the whole repository is lost, not only this file.`
    : `Salt reads it as a definition, says "${said}", and takes nothing from the file.`;
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let count = 0; count < line; count++) start = text.indexOf("\n", start) + 1;
  return start;
}
