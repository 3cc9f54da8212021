import type { Range, WorkspaceEdit } from "vscode-languageserver-types";
import type { ClientFeatures } from "../client-features.js";
import { workspaceEdit } from "../edits.js";
import { symbolAt } from "../jinja/symbols.js";
import { Refusal } from "../language-service.js";
import type { DefinitionDocument } from "./document.js";

const reserved = new Set(
  "and else elif false False for if in is none None not or recursive true True salt grains pillar opts loop".split(" "),
);

/** The range of the name that can be renamed. @throws Refusal */
export function prepareRename(document: DefinitionDocument, offset: number): Range {
  const symbol = symbolAt(document.template.symbols, offset);
  const here = symbol?.occurrences.find(({ start, end }) => start <= offset && offset <= end);
  if (!here) throw new Refusal("Only variables, parameters and macros that this template defines can be renamed.");
  return document.lines.range(here);
}

/** Renames a Jinja name everywhere it means the same thing. @throws Refusal */
export function rename(
  document: DefinitionDocument,
  offset: number,
  newName: string,
  client: ClientFeatures,
): WorkspaceEdit {
  const symbol = symbolAt(document.template.symbols, offset);
  if (!symbol) prepareRename(document, offset);
  if (!/^[A-Za-z_]\w*$/.test(newName) || reserved.has(newName))
    throw new Refusal(`'${newName}' cannot be the name of a Jinja variable.`);
  if (document.template.symbols.some((other) => other !== symbol && other.name === newName))
    throw new Refusal(`This template has a '${newName}' already; the two would become one.`);
  const edits = symbol?.occurrences.map((range) => ({ range, newText: newName })) ?? [];
  return workspaceEdit(document, edits, client);
}
