import type { Location } from "vscode-languageserver-types";
import { symbolAt } from "../jinja/symbols.js";
import type { DefinitionDocument } from "./document.js";

/** Where a Jinja name gets its value: every such place before the use, or the first one of all. */
export function definition(document: DefinitionDocument, offset: number): Location[] {
  const places = symbolAt(document.template.symbols, offset)?.occurrences.filter(({ defines }) => defines) ?? [];
  const before = places.filter(({ start }) => start <= offset);
  return (before.length > 0 ? before : places.slice(0, 1)).map((place) => ({
    uri: document.uri,
    range: document.lines.range(place),
  }));
}
