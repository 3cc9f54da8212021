import type { Span } from "../../../engine/problem.js";
import type { If, Statement, Template } from "../../../engine/template/syntax/nodes.js";
import { holds, nodesAt } from "./node-path.js";
import type { JinjaSymbol, Occurrence } from "./symbols.js";

/**
 * The places that give a name the value it has at an offset: the last one before it; behind an `if` that sets it, one
 * for each branch, and what was before where a branch leaves it. The first of all where none comes before.
 */
export function reachingDefinitions(tree: Template, { occurrences }: JinjaSymbol, offset: number): Occurrence[] {
  const definitions = occurrences.filter(({ defines }) => defines);
  const here = definitions.find((place) => holds(place, offset));
  if (here) return [here];
  const found: Occurrence[] = [];
  const branches = new Map<If, Set<number>>();
  for (const place of definitions.filter(({ start }) => start < offset).reverse()) {
    const branch = branchWithout(tree, place, offset);
    if (!branch) return [place, ...found];
    const taken = branches.get(branch.node) ?? new Set();
    // Of several in one branch the last counts.
    if (taken.has(branch.index)) continue;
    found.unshift(place);
    branches.set(branch.node, taken.add(branch.index));
    if (taken.size === branchCount(branch.node)) return found;
  }
  return found.length > 0 ? found : definitions.slice(0, 1);
}

/** The outermost `if` that has a place in one of its branches and an offset not in the same. */
function branchWithout(tree: Template, place: Span, offset: number): { node: If; index: number } | undefined {
  for (const node of nodesAt(tree, place.start)) {
    if (node.kind !== "if") continue;
    const index = branchOf(node, place.start);
    if (index >= 0 && index !== branchOf(node, offset)) return { node, index };
  }
  return undefined;
}

function branchesOf(node: If): (readonly Statement[])[] {
  return [node.body, ...node.elifs.map(({ body }) => body), node.otherwise];
}

function branchOf(node: If, offset: number): number {
  return branchesOf(node).findIndex((body) => body.some((statement) => holds(statement, offset)));
}

/** Without an `else` there is always one more way. */
function branchCount(node: If): number {
  return branchesOf(node).length;
}
