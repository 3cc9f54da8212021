import type { ProblemRule, RuleMeta } from "../rule.js";

const good = "app:\n  '1.0':\n    full_name: App\n";

function rule(meta: Pick<RuleMeta, "code" | "title" | "why" | "salt" | "example"> & Partial<RuleMeta>): ProblemRule {
  const known = meta.code === "renderer-not-run" ? {} : { rejects: true as const };
  return { kind: "problem", meta: { severity: "error", ...known, fixable: "no", ...meta } };
}

/** What is wrong with a file before its template or its data are looked at. */
export const fileProblems: readonly ProblemRule[] = [
  rule({
    code: "not-utf8",
    title: "A file that is not UTF-8.",
    salt: "Salt reports \"Failed to read, 'utf-8' codec can't decode byte …\" and takes nothing from the file.",
    why: "Editors on Windows may save as Windows-1252 or UTF-16.",
    example: { bad: "# saved as UTF-16\n", good },
  }),
  rule({
    code: "unknown-renderer",
    title: "A #! line that names a renderer Salt does not have.",
    salt: "Salt runs no renderer at all, takes the file for an empty one and counts it as a success; its packages are silently missing.",
    why: "The first line `#!jinja|yaml` chooses the renderers. A slip in it costs the file without a word.",
    example: { bad: `#!jinja|yml\n${good}`, good },
  }),
  rule({
    code: "renderer-order",
    title: "Renderers in an order that cannot work.",
    salt: "Salt reports \"Failed to read, 'collections.OrderedDict' object has no attribute 'read'\" and takes nothing from the file.",
    why: "The data stage (yaml, json) comes last.",
    example: { bad: `#!yaml|jinja\n${good}`, good },
  }),
  rule({
    code: "renderer-option",
    title: "A renderer with an option that it does not take.",
    salt: 'Salt reports "Failed to compile, Unknown renderer option" and takes nothing from the file.',
    why: "The jinja renderer knows only -s.",
    example: { bad: `#!jinja -x|yaml\n${good}`, good },
  }),
  rule({
    code: "renderer-not-run",
    title: "A renderer that is not run here.",
    severity: "warning",
    salt: "Salt runs it on the minion; what it makes of the file is not known here.",
    why: "Winrepo reads jinja, yaml and json. Nothing can be said about files of other renderers.",
    example: { bad: "#!py\ndef run():\n    return {}\n", good },
  }),
  rule({
    code: "json-syntax",
    title: "A file of the json renderer that is no JSON.",
    salt: 'Salt reports "Failed to read" and takes nothing from the file.',
    why: "JSON has no comments, no single quotes and no trailing commas.",
    example: { bad: "#!json\n{'app': {}}\n", good },
  }),
];
