import { RegistryNode } from "../registry-tree.js";
import type { RegistryHive, RegistryValue, RegistryView } from "../target.js";

/** A registry as JSON: values by name, subkeys by name. */
export interface RegistryJson {
  readonly values?: { readonly [name: string]: RegistryValue };
  readonly subkeys?: { readonly [name: string]: RegistryJson };
}

/** The registry of a simulated machine. On 64 bits, 32-bit programs see `Software\WOW6432Node` in place of `Software`. */
export class MachineRegistry {
  readonly #hives: { readonly [hive in RegistryHive]: RegistryNode };
  readonly #bits: 64 | 32;

  constructor(bits: 64 | 32, saved: { readonly [hive in RegistryHive]?: RegistryJson } = {}) {
    this.#bits = bits;
    this.#hives = { HKLM: fromJson("", saved.HKLM ?? {}), HKU: fromJson("", saved.HKU ?? {}) };
  }

  key(hive: RegistryHive, path: string, view: RegistryView): RegistryNode | undefined {
    return this.#hives[hive].find(this.#redirect(hive, path, view));
  }

  ensure(hive: RegistryHive, path: string, view: RegistryView): RegistryNode {
    return this.#hives[hive].ensure(this.#redirect(hive, path, view));
  }

  /** Removes a key with all below it, but not the keys above it. */
  removeKey(hive: RegistryHive, path: string, view: RegistryView): boolean {
    return this.#hives[hive].remove(this.#redirect(hive, path, view));
  }

  /** Removes one value, and the keys that are empty without it (not those directly below `Software`). */
  removeValue(hive: RegistryHive, path: string, view: RegistryView, name: string): void {
    const real = this.#redirect(hive, path, view);
    this.#hives[hive].find(real)?.deleteValue(name);
    for (let parts = real.split("\\"); parts.length > 2; parts = parts.slice(0, -1)) {
      if (!this.#hives[hive].find(parts.join("\\"))?.isEmpty) return;
      this.#hives[hive].remove(parts.join("\\"));
    }
  }

  toJson(): { readonly [hive in RegistryHive]: RegistryJson } {
    return { HKLM: toJson(this.#hives.HKLM), HKU: toJson(this.#hives.HKU) };
  }

  /** `Software\Classes` is shared by both views; so is everything outside `HKLM\Software`. */
  #redirect(hive: RegistryHive, path: string, view: RegistryView): string {
    if (this.#bits === 32 || view === "64" || hive !== "HKLM") return path;
    const software = /^software(?=\\|$)\\?(.*)$/is.exec(path);
    if (!software || /^(classes|wow6432node)(\\|$)/i.test(software[1]!)) return path;
    return `Software\\WOW6432Node\\${software[1]}`;
  }
}

function fromJson(name: string, json: RegistryJson): RegistryNode {
  const node = new RegistryNode(name);
  const fill = (into: RegistryNode, from: RegistryJson): void => {
    for (const [valueName, value] of Object.entries(from.values ?? {})) into.setValue(valueName, value);
    for (const [subkey, content] of Object.entries(from.subkeys ?? {})) fill(into.ensure(subkey), content);
  };
  fill(node, json);
  return node;
}

function toJson(node: RegistryNode): RegistryJson {
  return {
    ...(node.values.size > 0 && { values: Object.fromEntries(node.values) }),
    ...(node.subkeys.length > 0 && { subkeys: Object.fromEntries(node.subkeys.map((key) => [key.name, toJson(key)])) }),
  };
}
