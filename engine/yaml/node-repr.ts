import { repr } from "../value/repr.js";
import type { Collection, Composed } from "./tree.js";

/** How much of a collection is shown where it was used as a key. */
const maximumShown = 4000;

/** Python's text of a node's contents, as Salt prints it for a key that is a collection (salt-reference §4). */
export function contentsRepr(node: Composed): string {
  if (node.kind === "scalar") return node.text;
  const text = listRepr(node, []);
  return text.length > maximumShown ? `${text.slice(0, maximumShown)}…` : text;
}

/** @param around the collections that are being printed: Python shows a list within itself as `[...]` */
function listRepr(collection: Collection, around: readonly Collection[]): string {
  const node = collection.repeats ?? collection;
  // Deeper than this nothing would be shown of it.
  if (around.includes(node) || around.length > maximumShown / 40) return "[...]";
  const inside = [...around, node];
  const parts: string[] = [];
  let length = 0;
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  if (node.kind === "sequence") {
    for (const item of node.items) if (length < maximumShown) add(nodeRepr(item, inside));
  } else {
    for (const { key, value } of node.pairs) {
      if (length < maximumShown) add(`(${nodeRepr(key, inside)}, ${nodeRepr(value, inside)})`);
    }
  }
  return `[${parts.join(", ")}]`;
}

const classes = { scalar: "ScalarNode", sequence: "SequenceNode", mapping: "MappingNode" };

function nodeRepr(node: Composed, around: readonly Collection[]): string {
  const value = node.kind === "scalar" ? repr(node.text) : listRepr(node, around);
  return `${classes[node.kind]}(tag=${repr(node.tag)}, value=${value})`;
}
