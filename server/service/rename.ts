import type { Range, WorkspaceEdit } from "vscode-languageserver-types";
import type { DefinitionDocument } from "./document.js";
import { symbolAt } from "./jinjaSymbols.js";

/** Says in words why a rename cannot be done; shown to the person. */
export class RenameRefusal extends Error {
  override readonly name = "RenameRefusal";
}

const reserved = new Set(
  "and else elif false False for if in is none None not or recursive true True salt grains pillar opts loop".split(" "),
);

/** The range of the name that can be renamed. @throws RenameRefusal */
export function prepareRename(document: DefinitionDocument, offset: number): Range {
  const symbol = symbolAt(document.symbols, offset);
  const here = symbol?.occurrences.find(({ start, end }) => start <= offset && offset <= end);
  if (!here)
    throw new RenameRefusal("Only variables, parameters and macros that this template defines can be renamed.");
  return document.lines.range(here);
}

/** Renames a Jinja name everywhere it means the same thing. @throws RenameRefusal */
export function rename(document: DefinitionDocument, offset: number, newName: string): WorkspaceEdit {
  const symbol = symbolAt(document.symbols, offset);
  if (!symbol) prepareRename(document, offset);
  if (!/^[A-Za-z_]\w*$/.test(newName) || reserved.has(newName))
    throw new RenameRefusal(`'${newName}' cannot be the name of a Jinja variable.`);
  if (document.symbols.some((other) => other !== symbol && other.name === newName))
    throw new RenameRefusal(`This template has a '${newName}' already; the two would become one.`);
  const edits = symbol?.occurrences.map((place) => ({ range: document.lines.range(place), newText: newName })) ?? [];
  return {
    documentChanges: [{ textDocument: { uri: document.uri, version: document.version ?? null }, edits }],
  };
}
