import type { Location } from "vscode-languageserver-types";
import { symbolAt } from "../jinja/symbols.js";
import type { DefinitionDocument } from "./document.js";

/** Every place that means the same Jinja name. */
export function references(document: DefinitionDocument, offset: number, includeDeclaration: boolean): Location[] {
  const occurrences = symbolAt(document.template.symbols, offset)?.occurrences ?? [];
  return occurrences
    .filter(({ defines }) => includeDeclaration || !defines)
    .map((place) => ({ uri: document.uri, range: document.lines.range(place) }));
}
