import { LineTable } from "../lines.js";
import type { Span } from "../problem.js";
import type { YamlMapping, YamlNode } from "../yaml/node.js";
import type { DefinitionView } from "./view.js";

/** Where a definition says something. */
export interface AttributePlace {
  /** Of the value; where there is no such attribute, of the version or package that it belongs to. */
  readonly span: Span;
  /** The source text of the value, quotes included, when it stands there literally: then it can be replaced. */
  readonly literal?: string;
  /** For an attribute that is not there: where a line for it can be put, and what stands before its key. */
  readonly insertion?: { readonly offset: number; readonly before: string };
}

/**
 * The place of a package's attribute in the source, also of one that a merge key brings; the next best where there is no
 * such version or attribute.
 * @param key an attribute, or `version` for the version key itself
 * @returns undefined where the definition has no such package
 */
export function attributePlace(
  view: DefinitionView,
  name: string,
  version: string | undefined,
  key: string | undefined,
): AttributePlace | undefined {
  const ofPackage = view.packages.find((each) => each.name === name);
  if (!ofPackage) return undefined;
  const ofVersion = ofPackage.versions.find((each) => each.name === version);
  if (!ofVersion) return { span: view.at(ofPackage.key) };
  if (key === undefined || key === "version") return valuePlace(view, ofVersion.key);
  const attribute = ofVersion.attributes.get(key);
  if (attribute) return valuePlace(view, attribute.node);
  const insertion = ofVersion.node.kind === "mapping" ? lineBehind(view, ofVersion.node) : undefined;
  return { span: view.at(ofVersion.key), ...(insertion && { insertion }) };
}

function valuePlace(view: DefinitionView, node: YamlNode): AttributePlace {
  if (node.kind !== "scalar" || !view.locator.isLiteral(node.span)) return { span: view.at(node) };
  const span = view.written(node);
  return { span, literal: view.source.slice(span.start, span.end) };
}

/** Where a new line of a block mapping goes: behind its last pair, as far as that stands there literally. */
function lineBehind(view: DefinitionView, { flow, pairs }: YamlMapping): AttributePlace["insertion"] {
  const { locator, source } = view;
  const last = pairs.at(-1);
  if (flow || !last || last.value.kind !== "scalar") return undefined;
  if (!locator.isLiteral(last.key.span) || !locator.isInFile(last.value.span)) return undefined;
  const lines = new LineTable(source);
  const key = view.written(last.key);
  const line = lines.lineAt(key.start);
  const indent = source.slice(lines.startOf(line), key.start);
  if (indent.trim() !== "" || lines.lineAt(view.written(last.value).end) !== line) return undefined;
  return { offset: lines.endOf(line), before: `\n${indent}` };
}
