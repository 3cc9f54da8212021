import type { DocumentHighlight } from "vscode-languageserver-types";
import type { DefinitionDocument } from "./document.js";
import { symbolAt } from "./jinjaSymbols.js";
import { DocumentHighlightKind } from "./lsp.js";

/** The places that mean the name under the cursor, told apart by whether they set or read it. */
export function documentHighlights(document: DefinitionDocument, offset: number): DocumentHighlight[] | undefined {
  return symbolAt(document.symbols, offset)?.occurrences.map((place) => ({
    range: document.lines.range(place),
    kind: place.defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
