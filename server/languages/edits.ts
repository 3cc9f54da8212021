import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { LineTable } from "../../engine/lines.js";
import type { Span } from "../../engine/problem.js";
import type { ClientFeatures } from "./client-features.js";
import type { LanguageDocument } from "./language-service.js";

/** A change by offsets, as the engine makes them. */
export interface OffsetEdit {
  readonly range: Span;
  readonly newText: string;
}

/** The edits of one document: with its own line breaks, and nothing before its byte order mark. */
export function textEdits({ lines }: Pick<LanguageDocument, "lines">, edits: readonly OffsetEdit[]): TextEdit[] {
  const first = lines.text.startsWith("\ufeff") ? 1 : 0;
  const lineBreak = lineBreakOf(lines);
  return edits.map(({ range, newText }) => ({
    range: lines.range({ start: Math.max(first, range.start), end: Math.max(first, range.end) }),
    newText: withLineBreaks(newText, lineBreak),
  }));
}

/** Bound to the version where the editor can: it refuses the edit when the text has moved on. */
export function workspaceEdit(
  document: LanguageDocument,
  edits: readonly OffsetEdit[],
  client: ClientFeatures,
): WorkspaceEdit {
  return documentsEdit([{ document, edits }], client);
}

/** The edits of several documents. */
export function documentsEdit(
  changes: readonly { readonly document: LanguageDocument; readonly edits: readonly OffsetEdit[] }[],
  client: ClientFeatures,
): WorkspaceEdit {
  const all = changes.map(({ document, edits }) => ({ document, edits: textEdits(document, edits) }));
  if (!client.documentChanges)
    return { changes: Object.fromEntries(all.map(({ document, edits }) => [document.uri, edits])) };
  return {
    documentChanges: all.map(({ document: { uri, version }, edits }) => ({
      textDocument: { uri, version: version ?? null },
      edits,
    })),
  };
}

/** The line break that most lines of a text end with. */
export function lineBreakOf({ text }: Pick<LineTable, "text">): "\n" | "\r\n" {
  let pairs = 0;
  let single = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (text[at - 1] === "\r") pairs++;
    else single++;
  }
  return pairs > single ? "\r\n" : "\n";
}

/** A text that is inserted somewhere, with the line breaks of that place. */
export function withLineBreaks(text: string, lineBreak: "\n" | "\r\n"): string {
  return text.replace(/\r\n?|\n/g, lineBreak);
}
