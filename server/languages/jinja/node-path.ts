import type { Span } from "../../../engine/problem.js";
import type { Node } from "../../../engine/template/syntax/nodes.js";
import { childrenOf } from "../../../engine/template/syntax/visit.js";

export function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** The nodes that hold an offset, outermost first; of neighbours that meet there the later one. */
export function nodesAt(root: Node, offset: number): Node[] {
  const path: Node[] = [];
  for (let node: Node | undefined = root; node; ) {
    path.push(node);
    node = childrenOf(node).findLast((child) => holds(child, offset));
  }
  return path;
}
