import type { Location } from "vscode-languageserver-types";
import type { DefinitionDocument } from "./document.js";
import { symbolAt } from "./jinjaSymbols.js";

/** Every place that means the same Jinja name. */
export function referencesTo(document: DefinitionDocument, offset: number, withDefinitions: boolean): Location[] {
  const occurrences = symbolAt(document.symbols, offset)?.occurrences ?? [];
  return occurrences
    .filter(({ defines }) => withDefinitions || !defines)
    .map((place) => ({ uri: document.uri, range: document.lines.range(place) }));
}
