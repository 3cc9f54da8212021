import { Bytes, Dict, OrderedDict, PyFloat, PySet, Tuple, type Value } from "../value/types.js";

/** A value without classes: what structured cloning keeps. Containers that are shared stay shared. */
export type PortableValue = null | boolean | number | bigint | string | PortableContainer;

type PortableContainer =
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "bytes"; readonly data: Uint8Array }
  | { readonly kind: "list" | "tuple" | "set"; readonly items: readonly PortableValue[] }
  /** Keys and values in turn. */
  | { readonly kind: "dict" | "ordered"; readonly items: readonly PortableValue[] };

/** Takes the classes off values. Values of one packer that share parts still share them. */
export class ValuePacker {
  readonly #known = new Map<object, PortableContainer>();

  pack(value: Value): PortableValue {
    if (value === null || typeof value !== "object") return value;
    const known = this.#known.get(value);
    if (known) return known;
    if (value instanceof PyFloat) return this.#keep(value, { kind: "float", value: value.value });
    if (value instanceof Bytes) return this.#keep(value, { kind: "bytes", data: value.data });
    const items: PortableValue[] = [];
    const packed = this.#keep(value, { kind: kindOf(value), items });
    if (value instanceof Dict) for (const [key, item] of value) items.push(this.pack(key), this.pack(item));
    else for (const item of itemsOf(value)) items.push(this.pack(item));
    return packed;
  }

  #keep(value: object, packed: PortableContainer): PortableContainer {
    this.#known.set(value, packed);
    return packed;
  }
}

function kindOf(value: object): "list" | "tuple" | "set" | "dict" | "ordered" {
  if (Array.isArray(value)) return "list";
  if (value instanceof Tuple) return "tuple";
  if (value instanceof PySet) return "set";
  if (value instanceof OrderedDict) return "ordered";
  if (value instanceof Dict) return "dict";
  // Objects that only templates see are never part of loaded data.
  throw new TypeError(`a ${value.constructor.name} is no data`);
}

function itemsOf(value: object): Iterable<Value> {
  if (value instanceof Tuple) return value.items;
  return value as Iterable<Value>;
}

/** Puts the classes on again. */
export class ValueUnpacker {
  readonly #known = new Map<PortableContainer, Value>();

  unpack(packed: PortableValue): Value {
    if (packed === null || typeof packed !== "object") return packed;
    return this.#known.get(packed) ?? this.#make(packed);
  }

  #make(packed: PortableContainer): Value {
    switch (packed.kind) {
      case "float":
        return this.#keep(packed, new PyFloat(packed.value));
      case "bytes":
        return this.#keep(packed, new Bytes(packed.data));
      case "list": {
        const list: Value[] = [];
        this.#keep(packed, list);
        for (const item of packed.items) list.push(this.unpack(item));
        return list;
      }
      case "tuple":
        return this.#keep(packed, new Tuple(packed.items.map((item) => this.unpack(item))));
      case "set":
        return this.#keep(packed, PySet.from(packed.items.map((item) => this.unpack(item))));
      case "dict":
      case "ordered": {
        const dict = packed.kind === "dict" ? new Dict() : new OrderedDict();
        this.#keep(packed, dict);
        const { items } = packed;
        for (let index = 0; index < items.length; index += 2)
          dict.set(this.unpack(items[index] as PortableValue), this.unpack(items[index + 1] as PortableValue));
        return dict;
      }
    }
  }

  #keep<Made extends Value>(packed: PortableContainer, made: Made): Made {
    this.#known.set(packed, made);
    return made;
  }
}
