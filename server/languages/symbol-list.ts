import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver-types";
import type { ClientFeatures } from "./client-features.js";

/** Symbols as a tree, or as a flat list for an editor that knows no tree. */
export function symbolsFor(
  tree: DocumentSymbol[],
  uri: string,
  client: ClientFeatures,
): DocumentSymbol[] | SymbolInformation[] {
  return client.hierarchicalSymbols ? tree : tree.flatMap((symbol) => flat(symbol, uri));
}

function flat(symbol: DocumentSymbol, uri: string, containerName?: string): SymbolInformation[] {
  const { name, kind, range, children = [] } = symbol;
  const own = { name, kind, location: { uri, range }, ...(containerName !== undefined && { containerName }) };
  return [own, ...children.flatMap((child) => flat(child, uri, name))];
}
