import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import { keyDocumentation } from "../../../engine/definition/key-docs.js";
import { definitionKeys } from "../../../engine/definition/keys.js";
import { type ClientFeatures, markup } from "../client-features.js";
import { lineBreakOf } from "../edits.js";
import { completeJinja } from "../jinja/completion.js";
import type { DefinitionDocument } from "./document.js";
import { packageSnippet } from "./package-snippet.js";
import { valuesOf } from "./value-proposals.js";

/** `'` and `"` for grains['…'], `|` for filters, `%` and `{` for tags, `.` for members, blank and `:` for values. */
export const completionTriggers = ["'", '"', "|", "%", "{", ".", " ", ":"];

/** VS Code's command that opens the list of completions. */
const suggestCommand = "editor.action.triggerSuggest";

/** What can stand at the cursor: Jinja within its braces, keys and values of a definition elsewhere. */
export function completion(
  document: DefinitionDocument,
  offset: number,
  profiles: readonly Profile[],
  client: ClientFeatures,
): CompletionItem[] {
  const place = document.template.placeAt(offset);
  if (place.kind === "comment") return [];
  if (place.kind !== "text") return completeJinja(document.template, place, profiles);
  const line = document.lines.lineAt(offset);
  const before = document.text.slice(document.lines.startOf(line), offset);
  if (/#/.test(before)) return [];
  const value = /^\s+(\w+):[ \t]+(['"]?)([^'"]*)$/.exec(before);
  if (value) return completeValue(value[1] as string, value[2] as string);
  if (/^[ \t]+\w*$/.test(before)) return completeKey(document, line, client);
  return /^\w*$/.test(before) && document.text.slice(offset, document.lines.endOf(line)).trim() === ""
    ? [packageSnippet(client, lineBreakOf(document.lines))]
    : [];
}

/** The keys that the version does not have yet. */
function completeKey(document: DefinitionDocument, line: number, client: ClientFeatures): CompletionItem[] {
  const present = siblingKeys(document, line);
  return definitionKeys
    .filter(({ name }) => !present.has(name))
    .map((key, index) => ({
      label: key.name,
      kind: CompletionItemKind.Property,
      detail: key.types.join(" | "),
      documentation: markup(keyDocumentation(key.name) ?? "", client.completionMarkdown),
      insertText: `${key.name}: `,
      // The order of the table: what every definition needs comes first.
      sortText: String(index).padStart(3, "0"),
      ...(valuesOf(key).length > 0 &&
        client.commands.has(suggestCommand) && { command: { title: "Suggest values", command: suggestCommand } }),
    }));
}

/** The keys of the lines around that have the same indentation, as far as nothing of less comes between. */
function siblingKeys(document: DefinitionDocument, line: number): Set<string> {
  const { lines } = document;
  const indent = indentOf(lines.lineText(line));
  const keys = new Set<string>();
  for (const step of [-1, 1]) {
    for (let at = line + step; at >= 0 && at < lines.lineCount; at += step) {
      const text = lines.lineText(at);
      // Jinja between keys belongs to the version; blank lines and comments say nothing.
      if (/^\s*(\{[%{#]|#|$)/.test(text)) continue;
      if (indentOf(text) < indent) break;
      const key = indentOf(text) === indent ? /^\s*(\w+):/.exec(text)?.[1] : undefined;
      if (key) keys.add(key);
    }
  }
  return keys;
}

function completeValue(name: string, quote: string): CompletionItem[] {
  const key = definitionKeys.find((candidate) => candidate.name === name);
  if (!key) return [];
  return valuesOf(key).flatMap(({ value, detail }, index) => {
    // A quoted True is a text: Salt would take it for something else.
    if (quote !== "" && /^(True|False)$/.test(value)) return [];
    const insertText = quote !== "" ? value : quoteIfNeeded(value);
    return [{ label: value, detail, kind: CompletionItemKind.Value, insertText, sortText: String(index) }];
  });
}

function quoteIfNeeded(value: string): string {
  return /^[%{]|: |"/.test(value) ? `'${value}'` : value;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
