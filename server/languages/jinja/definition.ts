import type { Location } from "vscode-languageserver-types";
import { reachingDefinitions } from "./reaching.js";
import { nameAt, templateAt } from "./target.js";
import type { TemplateDocument, TemplateFiles } from "./template-document.js";

/** Where a name gets the value that it has at a place, in this template or in the one that it is imported from. */
export function definition(document: TemplateDocument, offset: number, files: TemplateFiles): Location[] {
  const template = templateAt(document, offset, files);
  if (template) return [{ uri: template.uri, range: template.lines.range({ start: 0, end: 0 }) }];
  const found = nameAt(document, offset, files);
  if (!found) return [];
  const { local, exported } = found;
  const place =
    exported && exported.home.uri !== document.uri
      ? { home: exported.home, symbol: exported.symbol, from: exported.home.lines.text.length }
      : local && { home: document, symbol: local, from: offset };
  if (!place) return [];
  const { home, symbol, from } = place;
  return reachingDefinitions(home.template.tree, symbol, from).map((span) => ({
    uri: home.uri,
    range: home.lines.range(span),
  }));
}
