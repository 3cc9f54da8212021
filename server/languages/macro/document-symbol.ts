import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import { exportedSymbols } from "../jinja/document-symbol.js";
import { symbolsFor } from "../symbol-list.js";
import type { MacroDocument } from "./document.js";

/** The macros and variables that the file gives to those that import it. */
export function documentSymbols(
  document: MacroDocument,
  client: ClientFeatures,
): DocumentSymbol[] | SymbolInformation[] {
  return symbolsFor(exportedSymbols(document), document.uri, client);
}
