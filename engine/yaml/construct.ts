import type { SaltRelease } from "../salt-version/release.js";
import { repr, str } from "../value/repr.js";
import { Dict, hashKey, PyError, PySet, Tuple, type Value } from "../value/types.js";
import { ConstructError } from "./error.js";
import { Merger } from "./merge.js";
import { contentsRepr } from "./node-repr.js";
import { tags } from "./resolve.js";
import { binaryValue, boolValue, floatValue, intValue } from "./scalar-value.js";
import type { Composed, Mapping, Pair, Sequence } from "./tree.js";

/** Errors beyond these are not told: a loop that repeats a key a hundred thousand times is one mistake. */
const maximumErrors = 100;

/**
 * Makes the values of a tree, level by level as PyYAML does, so that the first error is the one that it would raise.
 * Goes on behind an error: what could not be made is None, a key that is there already is passed over.
 */
export function construct(root: Composed, salt: SaltRelease): Construction {
  const work = new Constructor(salt);
  work.run(root);
  return work;
}

export interface Construction {
  readonly errors: readonly ConstructError[];
  /** A node that contains itself, if there is one. */
  readonly recursive: Composed | undefined;
}

class Constructor implements Construction {
  readonly errors: ConstructError[] = [];
  recursive: Composed | undefined;
  readonly #merger = new Merger();
  /** Collections in the order in which they were met. */
  readonly #begun: Composed[] = [];
  readonly #salt: SaltRelease;

  constructor(salt: SaltRelease) {
    this.#salt = salt;
  }

  run(root: Composed): void {
    this.#begin(root);
    this.#fillFrom(0);
    const { recursive } = this;
    const filled = this.#begun.length;
    const found = this.errors.length;
    this.#beginMergeSources();
    this.#fillFrom(filled);
    // What PyYAML does not construct can do no harm.
    this.errors.length = found;
    this.recursive = recursive;
  }

  /** Fills collections; those that are met on the way come to the end of the same list. */
  #fillFrom(index: number): void {
    for (let i = index; i < this.#begun.length; i++) {
      const node = this.#begun[i]!;
      this.#attempt(node, () => this.#fill(node));
    }
  }

  /** PyYAML never constructs what is only merged into something else. Here every node of the tree has a value. */
  #beginMergeSources(): void {
    for (const node of this.#begun.slice()) {
      if (node.kind !== "mapping") continue;
      for (const { key, value } of node.pairs) {
        if (key.tag !== tags.merge) continue;
        key.value = "<<";
        this.#begin(value);
      }
    }
  }

  #attempt(node: Composed, action: () => void): void {
    try {
      action();
    } catch (thrown) {
      if (thrown instanceof ConstructError) this.#note(thrown);
      else if (thrown instanceof PyError) this.#note(new ConstructError(thrown.type, thrown.message, node));
      else throw thrown;
    }
  }

  #note(error: ConstructError): void {
    if (this.errors.length < maximumErrors) this.errors.push(error);
  }

  /** The node's value; a collection's contents come later. */
  #begin(node: Composed): Value {
    if (node.constructed) return node.value;
    node.constructed = true;
    this.recursive ??= node.repeats;
    if (node.kind === "scalar" && node.tag === tags.str) node.value = node.text;
    else {
      this.#attempt(node, () => {
        node.value = this.#start(node);
      });
    }
    return node.value;
  }

  #start(node: Composed): Value {
    switch (node.tag) {
      case tags.map:
      case tags.omap:
        this.#begun.push(node);
        return new Dict();
      case tags.set:
        this.#begun.push(node);
        return new PySet();
      case tags.seq:
      case tags.pairs:
        this.#begun.push(node);
        return [];
      case tags.str:
      case tags.unicode:
      case tags.timestamp:
        return scalarText(node);
      case tags.null:
        scalarText(node);
        return null;
      case tags.bool:
        return boolValue(scalarText(node));
      case tags.int:
        // Salt asks for leading zeros before anyone asks whether this is a text.
        if (node.kind !== "scalar") throw new PyError("AttributeError", "'list' object has no attribute 'startswith'");
        return intValue(node.text);
      case tags.float:
        return floatValue(scalarText(node));
      case tags.binary:
        return binaryValue(scalarText(node), this.#salt);
      default:
        return fail(`could not determine a constructor for the tag ${repr(node.tag)}`, node);
    }
  }

  #fill(node: Composed): void {
    const container = node.value;
    if (container instanceof Dict) this.#fillMapping(node, (key, value) => container.set(key, value));
    else if (container instanceof PySet) this.#fillSet(node, container);
    else if (!Array.isArray(container)) throw new TypeError("only collections are filled");
    else if (node.tag === tags.pairs) this.#fillPairs(node, container);
    else if (node.kind !== "sequence") fail(`expected a sequence node, but found ${node.kind}`, node);
    else for (const item of node.items) container.push(this.#begin(item));
  }

  #fillMapping(node: Composed, add: (key: Value, value: Value) => void): void {
    if (node.kind !== "mapping") fail(`expected a mapping node, but found ${node.kind}`, node);
    this.#attempt(node, () => this.#merger.merge(node));
    this.recursive ??= this.#merger.recursive;
    // After a merge that failed, what is left is the mapping without its merge keys.
    const pairs = node.merged ?? node.pairs;
    const keys = new Set<unknown>();
    for (const pair of pairs) this.#attempt(pair.key, () => this.#fillPair(node, pair, keys, add));
  }

  /** The last item comes first: Python's order is arbitrary, and this one is as good and was seen. */
  #fillSet(node: Composed, container: PySet): void {
    const keys: Value[] = [];
    this.#fillMapping(node, (key) => keys.push(key));
    for (const key of keys.reverse()) container.add(key);
  }

  #fillPair(node: Mapping, pair: Pair, keys: Set<unknown>, add: (key: Value, value: Value) => void): void {
    const key = this.#begin(pair.key);
    const hash = hashOf(key);
    if (hash === undefined) {
      this.#note(mappingError(`found unacceptable key ${contentsRepr(pair.key)}`, pair.key, node));
      this.#begin(pair.value);
      return;
    }
    const value = this.#begin(pair.value);
    if (!keys.has(hash)) {
      keys.add(hash);
      add(key, value);
    } else if (this.errors.length < maximumErrors) {
      this.#note(mappingError(`found conflicting ID '${str(key)}'`, pair.key, node));
    }
  }

  /** `!!pairs`: a list of tuples. */
  #fillPairs(node: Composed, container: Value[]): void {
    const context = "while constructing pairs";
    if (node.kind !== "sequence") {
      throw new ConstructError("ConstructorError", `expected a sequence, but found ${node.kind}`, node, context, node);
    }
    for (const item of node.items) {
      const pair = singlePair(item, node, context);
      container.push(new Tuple([this.#begin(pair.key), this.#begin(pair.value)]));
    }
  }
}

function singlePair(item: Composed, list: Sequence, context: string): Pair {
  let problem: string;
  if (item.kind !== "mapping") problem = `expected a mapping of length 1, but found ${item.kind}`;
  else if (item.pairs.length === 1) return item.pairs[0]!;
  else problem = `expected a single mapping item, but found ${item.pairs.length} items`;
  throw new ConstructError("ConstructorError", problem, item, context, list);
}

/** The text of a scalar. In a mapping that is tagged as one, the value of its key `=`. */
function scalarText(node: Composed): string {
  if (node.kind === "scalar") return node.text;
  const pair = node.kind === "mapping" && node.pairs.find(({ key }) => key.tag === tags.value);
  return pair ? scalarText(pair.value) : fail(`expected a scalar node, but found ${node.kind}`, node);
}

/** Undefined where Python says unhashable. */
function hashOf(key: Value): unknown {
  try {
    return hashKey(key);
  } catch {
    return undefined;
  }
}

function fail(problem: string, node: Composed): never {
  throw new ConstructError("ConstructorError", problem, node);
}

function mappingError(problem: string, node: Composed, mapping: Mapping): ConstructError {
  return new ConstructError("ConstructorError", problem, node, "while constructing a mapping", mapping);
}
