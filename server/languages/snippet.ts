import { type CompletionItem, InsertTextFormat } from "vscode-languageserver-types";
import type { ClientFeatures } from "./client-features.js";
import { withLineBreaks } from "./edits.js";

/** What a snippet (`${1:example}`, `$0`) gives an item: itself, or its text with the examples for an editor without. */
export function snippetText(
  snippet: string,
  client: ClientFeatures,
  lineBreak: "\n" | "\r\n",
): Pick<CompletionItem, "insertText" | "insertTextFormat"> {
  if (!client.snippets) return { insertText: withLineBreaks(withoutPlaceholders(snippet), lineBreak) };
  return { insertText: withLineBreaks(snippet, lineBreak), insertTextFormat: InsertTextFormat.Snippet };
}

/** A text as it has to stand in a snippet to be itself. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

function withoutPlaceholders(text: string): string {
  return text.replace(
    /\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+|\\([\\$}])/g,
    (_, example: string | undefined, escaped: string | undefined) =>
      example?.replace(/\\([\\$}])/g, "$1") ?? escaped ?? "",
  );
}
