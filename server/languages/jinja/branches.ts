import type { Span } from "../../../engine/problem.js";
import type { If, Node, Statement } from "../../../engine/template/syntax/nodes.js";
import { nodesAt } from "./node-path.js";

/** A branch of an `if`: its tag, and what it prints when it is taken. */
export interface Branch {
  readonly tag: Span;
  readonly body: Span | undefined;
}

/** The branch whose tag `{% if … %}` or `{% elif … %}` has its word at an offset. */
export function branchAt(text: string, root: Node, offset: number): Branch | undefined {
  for (const node of nodesAt(root, offset)) {
    if (node.kind !== "if") continue;
    const branch = [node, ...node.elifs].find(({ tag }) => isOnWord(text, tag, offset));
    if (branch) return { tag: branch.tag, body: spanOf(branch.body) };
  }
  return undefined;
}

function isOnWord(text: string, tag: If["tag"], offset: number): boolean {
  const word = /^\{%[-+]?\s*(?:el)?if/.exec(text.slice(tag.start, tag.end))?.[0] ?? "";
  return tag.start <= offset && offset <= tag.start + word.length;
}

function spanOf(body: readonly Statement[]): Span | undefined {
  const [first] = body;
  const last = body.at(-1);
  return first && last && { start: first.start, end: last.end };
}
