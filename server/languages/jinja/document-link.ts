import type { DocumentLink } from "vscode-languageserver-types";
import { importsOf } from "./imports.js";
import type { TemplateDocument, TemplateFiles } from "./template-document.js";

/** The paths of imports, each leading to its file. */
export function importLinks(document: TemplateDocument, files: TemplateFiles): DocumentLink[] {
  return importsOf(document.template.tree).flatMap(({ path, pathSpan }) => {
    const target = files.imported(document, path)?.uri;
    return target === undefined ? [] : [{ range: document.lines.range(pathSpan), target }];
  });
}
