import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { Profile } from "../../../engine/config/profile.js";
import { keyDocumentation } from "../../../engine/definition/key-docs.js";
import { definitionKeys } from "../../../engine/definition/keys.js";
import type { LineTable } from "../../../engine/lines.js";
import { type ClientFeatures, markup } from "../client-features.js";
import { lineBreakOf } from "../edits.js";
import { completeJinja } from "../jinja/completion.js";
import type { TemplateFiles } from "../jinja/template-document.js";
import { escapeSnippet, snippetText } from "../snippet.js";
import type { DefinitionDocument } from "./document.js";
import { packageSnippet } from "./package-snippet.js";
import { installerForm, valuesOf } from "./value-proposals.js";
import { versionSnippet } from "./version-snippet.js";
import { indentOf, keysAround, parentOf } from "./yaml-lines.js";

/** `'` and `"` for grains['…'], `|` for filters, `%` and `{` for tags, `.` for members, blank and `:` for values. */
export const completionTriggers = ["'", '"', "|", "%", "{", ".", " ", ":"];

/** VS Code's command that opens the list of completions. */
const suggestCommand = "editor.action.triggerSuggest";

export interface CompletionFacts {
  /** The machines that the project is checked for. */
  readonly profiles: readonly Profile[];
  readonly templates: TemplateFiles;
}

/** What can stand at the cursor: Jinja within its braces, versions, keys and values of a definition elsewhere. */
export function completion(
  document: DefinitionDocument,
  offset: number,
  facts: CompletionFacts,
  client: ClientFeatures,
): CompletionItem[] {
  const place = document.template.placeAt(offset);
  if (place.kind === "comment") return [];
  if (place.kind !== "text") return completeJinja(document, place, facts, client);
  const { lines, text } = document;
  const line = lines.lineAt(offset);
  const before = text.slice(lines.startOf(line), offset);
  if (/#/.test(before)) return [];
  const value = /^\s+(\w+):[ \t]+(['"]?)([^'"]*)$/.exec(before);
  if (value) return completeValue(lines, line, value[1] as string, value[2] as string, client);
  const isLast = text.slice(offset, lines.endOf(line)).trim() === "";
  if (/^[ \t]+\w*$/.test(before)) return completeKey(lines, line, isLast, client);
  return /^\ufeff?\w*$/.test(before) && isLast ? [packageSnippet(client, lineBreakOf(lines))] : [];
}

/** Directly below a package a version; below a version the keys that it does not have yet. */
function completeKey(lines: LineTable, line: number, isLast: boolean, client: ClientFeatures): CompletionItem[] {
  const indent = indentOf(lines.lineText(line));
  if (parentOf(lines, line, indent)?.indent === 0) return isLast ? [versionSnippet(lines, line, client)] : [];
  const present = new Set(keysAround(lines, line, indent).map(({ key }) => key));
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
      ...(valuesOf(key.name).length > 0 &&
        client.commands.has(suggestCommand) && { command: { title: "Suggest values", command: suggestCommand } }),
    }));
}

function completeValue(
  lines: LineTable,
  line: number,
  name: string,
  quote: string,
  client: ClientFeatures,
): CompletionItem[] {
  const around = keysAround(lines, line, indentOf(lines.lineText(line)));
  const form = installerForm(name, new Map(around.map(({ key, value }) => [key, value])));
  return valuesOf(name, form).flatMap(({ value, detail }, index) => {
    // A quoted True is a text: Salt would take it for something else.
    if (quote !== "" && /^(True|False)$/.test(value)) return [];
    const item = { label: value, detail, kind: CompletionItemKind.Value, sortText: String(index) };
    if (quote !== "" || !needsQuotes(value)) return [{ ...item, insertText: value }];
    // A folder is to be typed on: within the quotes.
    const snippet = value.endsWith("\\") ? `'${escapeSnippet(value)}$0'` : `'${escapeSnippet(value)}'`;
    return [{ ...item, ...snippetText(snippet, client, "\n") }];
  });
}

function needsQuotes(value: string): boolean {
  return /^[%{]|: |"/.test(value);
}
