import type { Span } from "../../../engine/problem.js";
import type { DataImport, FromImport, Import, Literal, Name, Template } from "../../../engine/template/syntax/nodes.js";
import { forEachNode } from "../../../engine/template/syntax/visit.js";

/** A name that `{% from … import name as alias %}` brings. */
export interface ImportedName {
  readonly name: string;
  readonly nameSpan: Span;
  /** The name here: the alias, or the name itself. */
  readonly target: Name;
  readonly hasAlias: boolean;
}

/** An import, include or extends whose path stands in the template. */
export interface TemplateImport {
  readonly path: string;
  /** Within the quotes. */
  readonly pathSpan: Span;
  /** The name of the whole module: `{% import … as alias %}`. */
  readonly module: Name | undefined;
  readonly names: readonly ImportedName[];
}

/** What a template imports. A path that is worked out while rendering is unknown here. */
export function importsOf(template: Template): TemplateImport[] {
  const found: TemplateImport[] = [];
  forEachNode(template, (node) => {
    // A data import holds an import of its own, whose name is data, not a module.
    if (node.kind === "data-import") add(found, node.import, undefined, []);
    else if (node.kind === "import" && !isPartOfDataImport(found, node)) add(found, node, node.target, []);
    else if (node.kind === "from-import") add(found, node, undefined, namesOf(node));
    else if (node.kind === "include" || node.kind === "extends") add(found, node, undefined, []);
  });
  return found;
}

function add(
  found: TemplateImport[],
  { template }: Pick<Import | DataImport["import"] | FromImport, "template">,
  module: Name | undefined,
  names: readonly ImportedName[],
): void {
  if (!isText(template)) return;
  const pathSpan = { start: template.start + 1, end: Math.max(template.start + 1, template.end - 1) };
  found.push({ path: template.text, pathSpan, module, names });
}

function isText(node: { readonly kind: string; readonly type?: string }): node is Literal {
  return node.kind === "literal" && node.type === "string";
}

function isPartOfDataImport(found: readonly TemplateImport[], { template }: Import): boolean {
  return found.some(({ pathSpan }) => pathSpan.start === template.start + 1);
}

function namesOf({ names }: FromImport): ImportedName[] {
  return names.map(({ name, nameSpan, target }) => ({
    name,
    nameSpan,
    target,
    hasAlias: target.start !== nameSpan.start,
  }));
}
