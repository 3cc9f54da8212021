import type { RegistryKey, RegistryValue } from "./target.js";

/** A key that can be changed. Names keep their spelling; looking up does not tell upper from lower case. */
export class RegistryNode {
  readonly #valuesByName = new Map<string, { name: string; value: RegistryValue }>();
  readonly #subkeysByName = new Map<string, RegistryNode>();

  constructor(readonly name: string) {}

  /** `""` is the key's default value. */
  value(name: string): RegistryValue | undefined {
    return this.#valuesByName.get(name.toLowerCase())?.value;
  }

  setValue(name: string, value: RegistryValue): void {
    const lower = name.toLowerCase();
    this.#valuesByName.set(lower, { name: this.#valuesByName.get(lower)?.name ?? name, value });
  }

  deleteValue(name: string): boolean {
    return this.#valuesByName.delete(name.toLowerCase());
  }

  get values(): ReadonlyMap<string, RegistryValue> {
    return new Map([...this.#valuesByName.values()].map(({ name, value }) => [name, value]));
  }

  get subkeys(): readonly RegistryNode[] {
    return [...this.#subkeysByName.values()];
  }

  /** The key below this one; an empty path is this key itself. */
  find(path: string): RegistryNode | undefined {
    let node: RegistryNode | undefined = this;
    for (const part of parts(path)) {
      if (!node) return undefined;
      node = node.#subkeysByName.get(part.toLowerCase());
    }
    return node;
  }

  /** The key below this one, made where it is missing. */
  ensure(path: string): RegistryNode {
    let node: RegistryNode = this;
    for (const part of parts(path)) {
      let next = node.#subkeysByName.get(part.toLowerCase());
      if (!next) {
        next = new RegistryNode(part);
        node.#subkeysByName.set(part.toLowerCase(), next);
      }
      node = next;
    }
    return node;
  }

  /** Removes the key with all below it. False when there is none. */
  remove(path: string): boolean {
    const names = parts(path);
    const last = names.pop();
    if (last === undefined) return false;
    const parent = this.find(names.join("\\"));
    return parent ? parent.#subkeysByName.delete(last.toLowerCase()) : false;
  }

  get isEmpty(): boolean {
    return this.#valuesByName.size === 0 && this.#subkeysByName.size === 0;
  }

  /** What is here now, with subkeys down to `depth` levels, sorted by name as Windows gives them. */
  snapshot(depth: number): RegistryKey {
    const subkeys =
      depth > 0
        ? this.subkeys
            .map((key) => key.snapshot(depth - 1))
            .sort((a, b) => compareNames(a.name.toLowerCase(), b.name.toLowerCase()))
        : [];
    return { name: this.name, values: this.values, subkeys };
  }
}

const parts = (path: string): string[] => path.split("\\").filter((part) => part !== "");
const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
