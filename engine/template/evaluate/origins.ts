import type { Span } from "../../problem.js";
import { Dict, hashKey, Tuple, type Value } from "../../value/types.js";
import type { YamlNode } from "../../yaml/node.js";
import type { Args } from "../runtime.js";

/** Where a value stands literally in a template. */
export interface Origin extends Span {
  /** The imported template; absent for the file itself. */
  readonly file?: string;
}

/** Where the arguments of a call were written, kept beside the call itself. */
export interface ArgumentOrigins {
  readonly args: Args;
  readonly positional: readonly (Origin | undefined)[];
  readonly named: ReadonlyMap<string, Origin>;
}

/**
 * Where the elements of lists, tuples and dicts were written. Values are plain, so their places are kept beside them,
 * by the identity of the container; a container that was made by computing has none.
 */
export class Origins {
  readonly #elements = new WeakMap<object, Map<unknown, Origin>>();
  readonly #keys = new WeakMap<Dict, Map<unknown, Origin>>();

  /** @param places one for each item; undefined where there is none */
  setItems(container: Value[] | Tuple, places: readonly (Origin | undefined)[]): void {
    const map = new Map<unknown, Origin>();
    for (const [index, place] of places.entries()) if (place) map.set(index, place);
    if (map.size > 0) this.#elements.set(container, map);
  }

  setEntry(dict: Dict, key: Value, keyOrigin: Origin | undefined, valueOrigin: Origin | undefined): void {
    const hash = hashKey(key);
    if (keyOrigin) entry(this.#keys, dict).set(hash, keyOrigin);
    if (valueOrigin) entry(this.#elements, dict).set(hash, valueOrigin);
  }

  ofKey(dict: Dict, key: Value): Origin | undefined {
    return this.#keys.get(dict)?.get(hashKey(key));
  }

  /** The place of `container[key]`. */
  ofElement(container: Value, key: Value): Origin | undefined {
    if (container instanceof Dict) return this.#elements.get(container)?.get(hashKey(key));
    const isSequence = Array.isArray(container) || container instanceof Tuple;
    if (!isSequence || typeof key !== "number") return undefined;
    const length = Array.isArray(container) ? container.length : container.items.length;
    return this.#elements.get(container)?.get(key < 0 ? key + length : key);
  }

  /** Takes the places of a YAML text that was read out of a template. `toTemplate` turns its offsets into the template's. */
  addYaml(node: YamlNode, toTemplate: (span: Span) => Origin | undefined): void {
    if (node.kind === "sequence" && Array.isArray(node.value)) {
      this.setItems(
        node.value,
        node.items.map((item) => toTemplate(item.span)),
      );
      for (const item of node.items) this.addYaml(item, toTemplate);
    } else if (node.kind === "mapping" && node.value instanceof Dict) {
      for (const { key, value } of node.pairs) {
        if (node.value.has(key.value)) {
          this.setEntry(node.value, key.value, toTemplate(key.span), toTemplate(value.span));
        }
        this.addYaml(value, toTemplate);
      }
    }
  }
}

function entry(table: WeakMap<object, Map<unknown, Origin>>, container: object): Map<unknown, Origin> {
  let map = table.get(container);
  if (!map) {
    map = new Map();
    table.set(container, map);
  }
  return map;
}
