import { type DocumentSymbol, type SymbolInformation, SymbolKind } from "vscode-languageserver-types";
import type { Span } from "../../../engine/problem.js";
import { str } from "../../../engine/value/repr.js";
import type { ClientFeatures } from "../client-features.js";
import type { Rendering } from "./document.js";

/** Packages and their versions as one profile renders them: a tree, or a flat list for an editor that knows no tree. */
export function documentSymbols(rendering: Rendering, client: ClientFeatures): DocumentSymbol[] | SymbolInformation[] {
  const tree = packageSymbols(rendering);
  return client.hierarchicalSymbols ? tree : tree.flatMap((symbol) => flat(symbol, rendering.document.uri));
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

function flat(symbol: DocumentSymbol, uri: string, containerName?: string): SymbolInformation[] {
  const { name, kind, range, children = [] } = symbol;
  const own = { name, kind, location: { uri, range }, ...(containerName !== undefined && { containerName }) };
  return [own, ...children.flatMap((child) => flat(child, uri, name))];
}

/** LSP wants the name's range within the whole. */
function around(key: Span, whole: Span): Span {
  return { start: Math.min(key.start, whole.start), end: Math.max(key.end, whole.end) };
}
