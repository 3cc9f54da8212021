import type { CancellationToken } from "vscode-languageserver-protocol";
import type { Range, WorkspaceEdit } from "vscode-languageserver-types";
import type { Span } from "../../../engine/problem.js";
import type { ClientFeatures } from "../client-features.js";
import { documentsEdit, type OffsetEdit } from "../edits.js";
import { Refusal } from "../language-service.js";
import { saltNames } from "./names.js";
import type { JinjaSymbol } from "./symbols.js";
import { type ExportedName, type ImportedUse, type NameTarget, nameAt, usesIn } from "./target.js";
import type { TemplateDocument, TemplateFiles } from "./template-document.js";

/** Words that Jinja reads as something else, and names that every template gets. */
const reserved = new Set([
  ..."and else elif false False for if in is none None not or recursive true True loop".split(" "),
  ...saltNames,
]);

interface DocumentEdits {
  readonly document: TemplateDocument;
  readonly edits: readonly OffsetEdit[];
}

/** The range of the name that can be renamed. @throws Refusal */
export function prepareRename(document: TemplateDocument, offset: number, files: TemplateFiles): Range {
  return document.lines.range(renamable(document, offset, files).span);
}

/**
 * Renames a name everywhere it means the same, in the templates that import it, too. Where its new name means something
 * else there, the import gives it the old one: `{% from … import new as old %}`.
 * @throws Refusal
 */
export async function rename(
  document: TemplateDocument,
  offset: number,
  newName: string,
  context: { readonly files: TemplateFiles; readonly client: ClientFeatures; readonly token: CancellationToken },
): Promise<WorkspaceEdit | undefined> {
  const { files, client, token } = context;
  const { local, exported, imported } = renamable(document, offset, files);
  if (!/^[A-Za-z_]\w*$/.test(newName) || reserved.has(newName))
    throw new Refusal(`'${newName}' cannot be the name of a Jinja variable.`);
  const isAlias = imported?.hasAlias && local !== undefined;
  if (!exported || isAlias || !files.isEditable(exported.home)) {
    if (!local) throw new Refusal("This name is defined outside of the workspace, where nothing is changed.");
    return documentsEdit([renamedHere(document, local, newName, imported)], client);
  }
  const changes: DocumentEdits[] = [renamedHere(exported.home, exported.symbol, newName, undefined)];
  for (const importer of await files.importers(exported.home, token)) {
    const edits = usesIn(importer, exported, files).flatMap((use) => importedEdits(importer, use, exported, newName));
    if (edits.length > 0) changes.push({ document: importer, edits });
  }
  if (token.isCancellationRequested) return undefined;
  if (changes.length > 1 && newName.startsWith("_"))
    throw new Refusal("Other templates import this name, and Jinja imports no name that begins with an underscore.");
  return documentsEdit(changes, client);
}

function renamable(document: TemplateDocument, offset: number, files: TemplateFiles): NameTarget {
  const found = nameAt(document, offset, files);
  if (!found || (!found.local && !found.exported))
    throw new Refusal(
      "Only variables, parameters and macros that a template of this repository defines can be renamed.",
    );
  return found;
}

function renamedHere(
  document: TemplateDocument,
  symbol: JinjaSymbol,
  newName: string,
  imported: NameTarget["imported"],
): DocumentEdits {
  if (isTaken(document, symbol, newName))
    throw new Refusal(`This template has a '${newName}' already; the two would become one.`);
  const edits = renameAll(symbol.occurrences, newName);
  if (!imported || imported.hasAlias) return { document, edits };
  // The template that it comes from cannot be read, or is not ours to change: there it keeps its name.
  const { start } = imported.target;
  return {
    document,
    edits: edits.map((edit) =>
      edit.range.start === start ? { ...edit, newText: `${symbol.name} as ${newName}` } : edit,
    ),
  };
}

function importedEdits(
  importer: TemplateDocument,
  { imported, local, members }: ImportedUse,
  { symbol }: ExportedName,
  newName: string,
): OffsetEdit[] {
  if (!imported) return renameAll(members, newName);
  if (imported.hasAlias || !local) return renameAll([imported.nameSpan], newName);
  if (isTaken(importer, local, newName)) return [{ range: imported.nameSpan, newText: `${newName} as ${symbol.name}` }];
  return renameAll(local.occurrences, newName);
}

function renameAll(places: readonly Span[], newText: string): OffsetEdit[] {
  return places.map(({ start, end }) => ({ range: { start, end }, newText }));
}

function isTaken({ template }: TemplateDocument, symbol: JinjaSymbol, name: string): boolean {
  return template.symbols.some((other) => other !== symbol && other.name === name);
}
