import { parseTemplate } from "../../../engine/template/syntax/parser.js";

/**
 * Whether a file is one that others import: by its name, `.jinja` or `.j2`; a `.sls` when it defines a macro and prints
 * nothing itself.
 */
export function looksLikeMacros(text: string, path: string): boolean {
  if (/\.(?:jinja2?|j2)$/.test(path)) return true;
  if (!path.endsWith(".sls") || !/\{%[-+]?\s*macro\s/.test(text)) return false;
  return parseTemplate(text).template.body.every(
    (statement) =>
      statement.kind !== "output" || statement.nodes.every((node) => node.kind === "text" && node.text.trim() === ""),
  );
}
