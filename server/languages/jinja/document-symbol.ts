import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { Macro } from "../../../engine/template/syntax/nodes.js";
import { exportedNames } from "./target.js";
import type { TemplateDocument } from "./template-document.js";

/** The macros and variables that a template gives to those that import it. */
export function exportedSymbols(document: TemplateDocument): DocumentSymbol[] {
  const { lines, template } = document;
  const macros = new Map<number, Macro>();
  for (const node of template.tree.body) if (node.kind === "macro") macros.set(node.nameSpan.start, node);
  return exportedNames(document).flatMap(({ name, kind, occurrences }): DocumentSymbol[] => {
    const first = occurrences.find(({ defines }) => defines);
    if (!first) return [];
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
}
