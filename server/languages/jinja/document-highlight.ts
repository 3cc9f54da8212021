import { type DocumentHighlight, DocumentHighlightKind } from "vscode-languageserver-types";
import { symbolAt } from "./symbols.js";
import type { TemplateDocument } from "./template-document.js";

/** The places that mean the name under the cursor, told apart by whether they set or read it. */
export function documentHighlights(document: TemplateDocument, offset: number): DocumentHighlight[] | undefined {
  return symbolAt(document.template.symbols, offset)?.occurrences.map((place) => ({
    range: document.lines.range(place),
    kind: place.defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
