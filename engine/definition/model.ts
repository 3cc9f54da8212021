import { str } from "../value/repr.js";
import type { Value } from "../value/types.js";
import type { YamlMapping, YamlNode } from "../yaml/node.js";

/** One `key: value` of a version. */
export interface AttributeView {
  readonly name: string;
  readonly key: YamlNode;
  readonly node: YamlNode;
  readonly value: Value;
}

export interface VersionView {
  readonly package: PackageView;
  readonly key: YamlNode;
  readonly node: YamlNode;
  /** As Salt would print the key: `1.10` gives `1.1`. */
  readonly name: string;
  /** Empty when the version is no mapping. */
  readonly attributes: ReadonlyMap<string, AttributeView>;
}

export interface PackageView {
  readonly key: YamlNode;
  readonly node: YamlNode;
  readonly name: string;
  /** Empty when the package is no mapping. */
  readonly versions: readonly VersionView[];
}

/** How messages name a version. */
export function subjectOf(version: VersionView): string {
  return `${version.package.name} ${version.name}`;
}

/** Package → version → attribute, each with its place in the rendered text; merge keys are resolved. */
export function viewDefinition(root: YamlNode | undefined): PackageView[] {
  if (root?.kind !== "mapping") return [];
  return entries(root).map(({ key, value }) => {
    const versions: VersionView[] = [];
    const view: PackageView = { key, node: value, name: str(key.value), versions };
    if (value.kind === "mapping") {
      for (const version of entries(value)) versions.push(viewVersion(view, version.key, version.value));
    }
    return view;
  });
}

function viewVersion(owner: PackageView, key: YamlNode, node: YamlNode): VersionView {
  const attributes = new Map<string, AttributeView>();
  if (node.kind === "mapping") {
    for (const pair of entries(node)) {
      const name = str(pair.key.value);
      attributes.set(name, { name, key: pair.key, node: pair.value, value: pair.value.value });
    }
  }
  return { package: owner, key, node, name: str(key.value), attributes };
}

type Pair = YamlMapping["pairs"][number];

/** A mapping's pairs as Salt has them after `<<`: explicit ones win over merged ones. */
export function entries(mapping: YamlMapping): readonly Pair[] {
  if (!mapping.pairs.some(isMerge)) return mapping.pairs;
  const merged = mapping.pairs.filter(isMerge).flatMap(({ value }) => mergedPairs(value));
  const explicit = mapping.pairs.filter((pair) => !isMerge(pair));
  const taken = new Set(explicit.map((pair) => str(pair.key.value)));
  const added = merged.filter((pair) => {
    const name = str(pair.key.value);
    if (taken.has(name)) return false;
    taken.add(name);
    return true;
  });
  return [...added, ...explicit];
}

function mergedPairs(source: YamlNode): readonly Pair[] {
  if (source.kind === "mapping") return entries(source);
  return source.kind === "sequence" ? source.items.flatMap(mergedPairs) : [];
}

function isMerge({ key }: Pair): boolean {
  return key.kind === "scalar" && key.style === "plain" && key.value === "<<";
}
