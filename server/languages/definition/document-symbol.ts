import { type DocumentSymbol, type SymbolInformation, SymbolKind } from "vscode-languageserver-types";
import type { Span } from "../../../engine/problem.js";
import { str } from "../../../engine/value/repr.js";
import type { ClientFeatures } from "../client-features.js";
import { exportedSymbols } from "../jinja/document-symbol.js";
import { symbolsFor } from "../symbol-list.js";
import type { Rendering } from "./document.js";

/** Packages and their versions as one profile renders them; of a file that has none, what it gives to others. */
export function documentSymbols(rendering: Rendering, client: ClientFeatures): DocumentSymbol[] | SymbolInformation[] {
  const { document } = rendering;
  const packages = packageSymbols(rendering);
  return symbolsFor(packages.length > 0 ? packages : exportedSymbols(document), document.uri, client);
}

/** A version that a loop makes is found at the loop's item, where a person would edit it. */
function packageSymbols({ document, view: { locator, packages } }: Rendering): DocumentSymbol[] {
  return packages.map((view) => {
    const children = view.versions.map((version): DocumentSymbol => {
      const range = document.lines.range(locator.loopItem(version.key.span) ?? locator.written(version.key.span));
      const fullName = version.attributes.get("full_name");
      return {
        name: version.name || "(empty)",
        kind: SymbolKind.Field,
        ...(fullName && { detail: str(fullName.value) }),
        range,
        selectionRange: range,
      };
    });
    const key = locator.written(view.key.span);
    return {
      name: view.name || "(empty)",
      detail: `${children.length} version${children.length === 1 ? "" : "s"}`,
      kind: SymbolKind.Package,
      range: document.lines.range(around(key, locator.written(view.node.span))),
      selectionRange: document.lines.range(key),
      children,
    };
  });
}

/** LSP wants the name's range within the whole. */
function around(key: Span, whole: Span): Span {
  return { start: Math.min(key.start, whole.start), end: Math.max(key.end, whole.end) };
}
