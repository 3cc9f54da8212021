import { ConstructError } from "./error.js";
import { tags } from "./resolve.js";
import type { Composed, Mapping, Pair } from "./tree.js";

/** Pairs that the merges of one text may copy. */
const maximumPairs = 500_000;

/**
 * Works out the merge keys (`<<`) of mappings: Salt's rules, in which a pair's own mapping wins (salt-reference §4).
 */
export class Merger {
  /** A mapping that is merged into something that it contains. */
  recursive: Composed | undefined;
  #copied = 0;

  /** The mapping's pairs with its merges resolved, merged ones first. @throws ConstructError */
  merge(node: Mapping, depth = 0): readonly Pair[] {
    if (node.merged) return node.merged;
    // As a key, `=` is plain text.
    for (const { key } of node.pairs) if (key.tag === tags.value) key.tag = tags.str;
    if (!node.pairs.some(({ key }) => key.tag === tags.merge)) return node.pairs;
    if (depth > 900) throw new ConstructError("RecursionError", "maximum recursion depth exceeded", node);
    const own = node.pairs.filter(({ key }) => key.tag !== tags.merge);
    node.merged = own;
    const texts = new Set<unknown>(own.map(({ key }) => identity(key)));
    const inherited: Pair[] = [];
    for (const { key, value } of node.pairs) {
      if (key.tag !== tags.merge) continue;
      for (const pair of this.#sources(node, value, depth)) {
        this.#charge(node);
        if (!texts.has(identity(pair.key))) inherited.push(pair);
      }
    }
    node.merged = [...inherited, ...own];
    return node.merged;
  }

  *#sources(node: Mapping, value: Composed, depth: number): Generator<Pair> {
    // What a mapping would inherit from itself it has.
    if (value.repeats && value.repeats !== node) this.recursive ??= value.repeats;
    if (value.kind === "mapping") yield* this.merge(value, depth + 1);
    else if (value.kind === "sequence") {
      const lists = value.items.map((item) => {
        if (item.kind !== "mapping") throw mergeError(`a mapping for merging, but found ${item.kind}`, item, node);
        return this.merge(item, depth + 1);
      });
      for (const list of lists.reverse()) yield* list;
    } else throw mergeError(`a mapping or list of mappings for merging, but found ${value.kind}`, value, node);
  }

  #charge(node: Mapping): void {
    this.#copied++;
    if (this.#copied > maximumPairs) {
      const message = `The merge keys copy more than ${maximumPairs.toLocaleString("en-US")} pairs.`;
      throw new ConstructError("BudgetError", message, node);
    }
  }
}

/** What Salt compares keys by here: their text, whatever their types. */
function identity(key: Composed): unknown {
  return key.kind === "scalar" ? key.text : key;
}

function mergeError(expected: string, node: Composed, mapping: Mapping): ConstructError {
  return new ConstructError("ConstructorError", `expected ${expected}`, node, "while constructing a mapping", mapping);
}
