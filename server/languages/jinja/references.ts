import type { CancellationToken } from "vscode-languageserver-protocol";
import type { Location } from "vscode-languageserver-types";
import type { Span } from "../../../engine/problem.js";
import { type ImportedUse, nameAt, usesIn } from "./target.js";
import type { TemplateDocument, TemplateFiles } from "./template-document.js";

/** Every place that means the same name: in this template, and in those that import it or that it is imported from. */
export async function references(
  document: TemplateDocument,
  offset: number,
  includeDeclaration: boolean,
  files: TemplateFiles,
  token: CancellationToken,
): Promise<Location[] | undefined> {
  const found = nameAt(document, offset, files);
  if (!found) return [];
  const { local, exported } = found;
  const home = exported?.home ?? document;
  const symbol = exported?.symbol ?? local;
  const own = symbol?.occurrences.filter(({ defines }) => includeDeclaration || !defines) ?? [];
  const locations = locationsOf(home, own);
  if (!exported) return locations;
  for (const importer of await files.importers(home, token)) {
    const places = usesIn(importer, exported, files).flatMap(placesOf);
    locations.push(...locationsOf(importer, places));
  }
  return token.isCancellationRequested ? undefined : locations;
}

function placesOf({ imported, local, members }: ImportedUse): Span[] {
  const named = imported?.hasAlias ? [imported.nameSpan] : [];
  return [...named, ...(local?.occurrences ?? []), ...members].sort((a, b) => a.start - b.start);
}

function locationsOf({ uri, lines }: TemplateDocument, places: readonly Span[]): Location[] {
  return places.map((place) => ({ uri, range: lines.range(place) }));
}
