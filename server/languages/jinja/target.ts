import type { Span } from "../../../engine/problem.js";
import type { Node } from "../../../engine/template/syntax/nodes.js";
import { forEachNode } from "../../../engine/template/syntax/visit.js";
import { type ImportedName, importsOf, type TemplateImport } from "./imports.js";
import { holds, nodesAt } from "./node-path.js";
import { type JinjaSymbol, symbolAt } from "./symbols.js";
import type { TemplateDocument, TemplateFiles } from "./template-document.js";

/** A name that a template gives to those that import it, where it is defined. */
export interface ExportedName {
  readonly home: TemplateDocument;
  readonly symbol: JinjaSymbol;
}

/** What stands at a place of a template. */
export interface NameTarget {
  /** The name itself at the place. */
  readonly span: Span;
  /** What it means in this template; undefined for a member of a module and a name in front of `as`. */
  readonly local: JinjaSymbol | undefined;
  /** Where the name is defined when another template does that. */
  readonly exported: ExportedName | undefined;
  /** The import that brings the name, under its own name or under another one. */
  readonly imported: ImportedName | undefined;
}

/** The name at an offset; undefined where there is none, and for what Salt provides. */
export function nameAt(document: TemplateDocument, offset: number, files: TemplateFiles): NameTarget | undefined {
  const imports = importsOf(document.template.tree);
  for (const each of imports) {
    const imported = each.names.find(({ nameSpan }) => holds(nameSpan, offset));
    if (imported?.hasAlias)
      return {
        span: imported.nameSpan,
        local: undefined,
        exported: exportOf(document, each, imported.name, files),
        imported,
      };
  }
  const member = memberAt(document, imports, offset, files);
  if (member) return member;
  const { symbols } = document.template;
  const local = symbolAt(symbols, offset);
  const span = local?.occurrences.find((place) => holds(place, offset));
  if (!local || !span) return undefined;
  for (const each of imports) {
    const imported = each.names.find(({ target }) => isDefinedAt(local, target));
    if (imported) return { span, local, exported: exportOf(document, each, imported.name, files), imported };
  }
  return { span, local, exported: ownExport(document, local), imported: undefined };
}

/** The template that the path at an offset names. */
export function templateAt(
  document: TemplateDocument,
  offset: number,
  files: TemplateFiles,
): TemplateDocument | undefined {
  const found = importsOf(document.template.tree).find(({ pathSpan }) => holds(pathSpan, offset));
  return found && files.imported(document, found.path);
}

/** The names that a template gives to those that import it. */
export function exportedNames(home: TemplateDocument): JinjaSymbol[] {
  return home.template.symbols.filter((symbol) => ownExport(home, symbol) !== undefined);
}

/** The template that a name stands for: `{% import … as name %}`. */
export function moduleNamed(
  document: TemplateDocument,
  name: string,
  files: TemplateFiles,
): TemplateDocument | undefined {
  const found = importsOf(document.template.tree).findLast(({ module }) => module?.name === name);
  return found && files.imported(document, found.path);
}

/** The places where a template uses a name of another one. */
export interface ImportedUse {
  /** The import itself, when the name is imported alone. */
  readonly imported: ImportedName | undefined;
  /** What the name means here. */
  readonly local: JinjaSymbol | undefined;
  /** Members of the module, `lib.name`. */
  readonly members: readonly Span[];
}

export function usesIn(
  document: TemplateDocument,
  { home, symbol }: ExportedName,
  files: TemplateFiles,
): ImportedUse[] {
  const { tree, symbols } = document.template;
  return importsOf(tree)
    .filter(({ path }) => files.imported(document, path)?.uri === home.uri)
    .flatMap(({ module, names }): ImportedUse[] => {
      if (module) {
        const members = membersOf(tree, symbolAt(symbols, module.start), symbol.name);
        return [{ imported: undefined, local: undefined, members }];
      }
      return names
        .filter(({ name }) => name === symbol.name)
        .map((imported) => ({ imported, local: symbolAt(symbols, imported.target.start), members: [] }));
    });
}

/** What a template's name is to those that import it: only names at its top, and none that it has imported itself. */
function ownExport(document: TemplateDocument, symbol: JinjaSymbol): ExportedName | undefined {
  const { tree } = document.template;
  const isTop = symbol.scope.start === tree.start && symbol.scope.end === tree.end;
  const isImported = importsOf(tree).some(({ names }) => names.some(({ target }) => isDefinedAt(symbol, target)));
  return isTop && !isImported && !symbol.name.startsWith("_") ? { home: document, symbol } : undefined;
}

function exportOf(
  document: TemplateDocument,
  { path }: TemplateImport,
  name: string,
  files: TemplateFiles,
): ExportedName | undefined {
  const home = files.imported(document, path);
  const symbol = home?.template.symbols.find((each) => each.name === name && ownExport(home, each) !== undefined);
  return home && symbol && { home, symbol };
}

function memberAt(
  document: TemplateDocument,
  imports: readonly TemplateImport[],
  offset: number,
  files: TemplateFiles,
): NameTarget | undefined {
  const { tree, symbols } = document.template;
  for (const node of nodesAt(tree, offset)) {
    if (node.kind !== "attribute" || node.node.kind !== "name" || !holds(node.attributeSpan, offset)) continue;
    const module = symbolAt(symbols, node.node.start);
    const found = module && imports.find((each) => each.module && isDefinedAt(module, each.module));
    if (!found) continue;
    const exported = exportOf(document, found, node.attribute, files);
    return { span: node.attributeSpan, local: undefined, exported, imported: undefined };
  }
  return undefined;
}

function membersOf(tree: Node, module: JinjaSymbol | undefined, name: string): Span[] {
  const members: Span[] = [];
  forEachNode(tree, (node) => {
    if (node.kind !== "attribute" || node.attribute !== name || node.node.kind !== "name") return;
    const { start } = node.node;
    if (module?.occurrences.some((place) => place.start === start)) members.push(node.attributeSpan);
  });
  return members;
}

function isDefinedAt({ occurrences }: JinjaSymbol, { start }: Span): boolean {
  return occurrences.some((place) => place.defines && place.start === start);
}
