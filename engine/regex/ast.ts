import type { CharSet } from "./charset.js";

/** Python's flags of a pattern that change what it matches. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  /** `\d`, `\s`, `\w` and `\b` know ASCII only. */
  readonly ascii: boolean;
}

export const noFlags: Flags = { ignoreCase: false, multiLine: false, dotAll: false, verbose: false, ascii: false };

export type Anchor = "start" | "lineStart" | "end" | "endOrNewline" | "lineEnd" | "boundary" | "notBoundary";

/** A pattern as a tree. Flags are already applied: each node says itself whether it ignores case. */
export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "anchor"; readonly anchor: Anchor; readonly ascii: boolean }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "choice"; readonly nodes: readonly Node[] }
  | { readonly kind: "group"; readonly index: number; readonly node: Node }
  | { readonly kind: "backReference"; readonly index: number; readonly ignoreCase: boolean }
  | { readonly kind: "condition"; readonly index: number; readonly yes: Node; readonly no: Node }
  | {
      readonly kind: "look";
      readonly node: Node;
      readonly behind: boolean;
      readonly negative: boolean;
      readonly width: number;
    }
  | { readonly kind: "atomic"; readonly node: Node }
  | {
      readonly kind: "repeat";
      readonly node: Node;
      readonly min: number;
      /** Infinity for no bound. */
      readonly max: number;
      readonly mode: "greedy" | "lazy" | "possessive";
    };

/** The least and the most characters that a node matches: look-behind needs them equal. */
export function widths(node: Node, groups: ReadonlyMap<number, readonly [number, number]>): [number, number] {
  switch (node.kind) {
    case "set":
      return [1, 1];
    case "sequence":
      return node.nodes
        .map((child) => widths(child, groups))
        .reduce<[number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    case "choice":
      return between(node.nodes.map((child) => widths(child, groups)));
    case "group":
    case "atomic":
      return widths(node.node, groups);
    case "backReference":
      return [...(groups.get(node.index) ?? [0, Number.POSITIVE_INFINITY])] as [number, number];
    case "condition":
      return between([widths(node.yes, groups), widths(node.no, groups)]);
    case "repeat": {
      const [least, most] = widths(node.node, groups);
      return [least * node.min, most === 0 ? 0 : most * node.max];
    }
    default:
      return [0, 0];
  }
}

function between(branches: readonly [number, number][]): [number, number] {
  return [Math.min(...branches.map(([least]) => least)), Math.max(...branches.map(([, most]) => most))];
}
