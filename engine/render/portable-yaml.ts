import type { Span } from "../problem.js";
import type { YamlNode } from "../yaml/node.js";
import type { PortableValue, ValuePacker, ValueUnpacker } from "./portable-value.js";

/** A node without classes. Nodes that an alias repeats stay one node. */
export type PortableNode = {
  readonly span: Span;
  readonly value: PortableValue;
} & (
  | { readonly kind: "scalar"; readonly style: string }
  | { readonly kind: "sequence"; readonly flow: boolean; readonly items: readonly PortableNode[] }
  /** Keys and values in turn. */
  | { readonly kind: "mapping"; readonly flow: boolean; readonly items: readonly PortableNode[] }
);

export function packNode(root: YamlNode, values: ValuePacker): PortableNode {
  const known = new Map<YamlNode, PortableNode>();
  const pack = (node: YamlNode): PortableNode => {
    const before = known.get(node);
    if (before) return before;
    const { start, end } = node.span;
    const base = { span: { start, end }, value: values.pack(node.value) };
    const items: PortableNode[] = [];
    const packed: PortableNode =
      node.kind === "scalar"
        ? { ...base, kind: "scalar", style: node.style }
        : { ...base, kind: node.kind, flow: node.flow, items };
    known.set(node, packed);
    if (node.kind === "sequence") for (const item of node.items) items.push(pack(item));
    if (node.kind === "mapping") for (const { key, value } of node.pairs) items.push(pack(key), pack(value));
    return packed;
  };
  return pack(root);
}

export function unpackNode(root: PortableNode, values: ValueUnpacker): YamlNode {
  const known = new Map<PortableNode, YamlNode>();
  const unpack = (packed: PortableNode): YamlNode => {
    const before = known.get(packed);
    if (before) return before;
    const base = { span: packed.span, value: values.unpack(packed.value) };
    if (packed.kind === "scalar") return keep(packed, { ...base, kind: "scalar", style: packed.style as "plain" });
    const { flow } = packed;
    if (packed.kind === "sequence") {
      const items: YamlNode[] = [];
      const node = keep(packed, { ...base, kind: "sequence", flow, items });
      for (const item of packed.items) items.push(unpack(item));
      return node;
    }
    const pairs: { readonly key: YamlNode; readonly value: YamlNode }[] = [];
    const node = keep(packed, { ...base, kind: "mapping", flow, pairs });
    for (let index = 0; index < packed.items.length; index += 2)
      pairs.push({
        key: unpack(packed.items[index] as PortableNode),
        value: unpack(packed.items[index + 1] as PortableNode),
      });
    return node;
  };
  const keep = (packed: PortableNode, node: YamlNode): YamlNode => {
    known.set(packed, node);
    return node;
  };
  return unpack(root);
}
