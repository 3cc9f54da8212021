import { type DocumentSymbol, type SymbolInformation, SymbolKind } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import type { MacroDocument } from "./document.js";

/** The macros and variables that the file gives to those that import it. */
export function documentSymbols(
  { uri, lines, template }: MacroDocument,
  client: ClientFeatures,
): DocumentSymbol[] | SymbolInformation[] {
  const macros = new Map(
    template.tree.body.flatMap((node) => (node.kind === "macro" ? [[node.nameSpan.start, node] as const] : [])),
  );
  const isTop = ({ start, end }: { start: number; end: number }) => start === 0 && end === lines.text.length;
  const symbols = template.symbols.flatMap(({ name, kind, scope, occurrences }): DocumentSymbol[] => {
    const first = occurrences.find(({ defines }) => defines);
    if (!first || !isTop(scope)) return [];
    const macro = macros.get(first.start);
    return [
      {
        name,
        kind: kind === "macro" ? SymbolKind.Function : SymbolKind.Variable,
        ...(macro && { detail: `(${macro.signature.parameters.map((parameter) => parameter.name).join(", ")})` }),
        range: lines.range(macro ?? first),
        selectionRange: lines.range(first),
      },
    ];
  });
  if (client.hierarchicalSymbols) return symbols;
  return symbols.map(({ name, kind, range }) => ({ name, kind, location: { uri, range } }));
}
