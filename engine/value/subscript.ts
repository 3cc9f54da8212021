import { Markup } from "./markup.js";
import { itemWeight, type Meter } from "./meter.js";
import { type Integer, isInteger, plainInt } from "./numbers.js";
import { repr } from "./repr.js";
import { characters, isPlain, textLength, textOf } from "./text.js";
import { Bytes, Dict, PyError, PyObject, PySet, Tuple, typeName, type Value } from "./types.js";

/** `start:stop:step`, None where left out. */
export class Slice extends PyObject {
  readonly typeName = "slice";
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {
    super();
  }
  override repr(): string {
    return `slice(${[this.start, this.stop, this.step].map(repr).join(", ")})`;
  }
  override hash(): never {
    throw new PyError("TypeError", "unhashable type: 'slice'");
  }

  /**
   * The indices that the slice takes of `length` items, as Python's `slice.indices`: `count` of them from `start`.
   * @throws PyError TypeError, ValueError `slice step cannot be zero`
   */
  indices(length: number): { start: number; stop: number; step: number; count: number } {
    const step = bound(this.step, 1);
    if (step === 0) throw new PyError("ValueError", "slice step cannot be zero");
    const [lowest, highest] = step < 0 ? [-1, length - 1] : [0, length];
    const clip = (index: number) => Math.min(Math.max(index < 0 ? index + length : index, lowest), highest);
    const start = this.start === null ? (step < 0 ? highest : lowest) : clip(bound(this.start, 0));
    const stop = this.stop === null ? (step < 0 ? lowest : highest) : clip(bound(this.stop, 0));
    return { start, stop, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
  }
}

function bound(value: Value, absent: number): number {
  if (value === null) return absent;
  if (!isInteger(value)) {
    throw new PyError("TypeError", "slice indices must be integers or None or have an __index__ method");
  }
  const whole = plainInt(value);
  if (typeof whole === "number") return whole;
  return whole < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/**
 * Python's `object[key]`.
 * @throws PyError KeyError, IndexError, TypeError with Python's words
 */
export function subscript(object: Value, key: Value, meter: Meter): Value {
  if (object instanceof Dict) {
    const value = object.get(key);
    if (value === undefined) throw new PyError("KeyError", repr(key));
    return value;
  }
  if (Array.isArray(object)) return listItem(object, key, meter);
  const text = textOf(object);
  if (text !== undefined) {
    const part = textItem(text, key, meter);
    return object instanceof Markup ? new Markup(part) : part;
  }
  if (object instanceof Tuple) return tupleItem(object, key, meter);
  if (object instanceof Bytes) return bytesItem(object, key, meter);
  if (object instanceof PyObject) {
    object.use();
    const value = object.item(key);
    if (value !== undefined) return value;
  }
  if (object instanceof PySet || object === null || typeof object !== "object" || !(object instanceof PyObject)) {
    throw new PyError("TypeError", `'${typeName(object)}' object is not subscriptable`);
  }
  throw new PyError("TypeError", `'${object.typeName}' object is not subscriptable`);
}

function listItem(list: readonly Value[], key: Value, meter: Meter): Value {
  if (key instanceof Slice) return taken(list, key, meter);
  const item = list[position(key, list.length, "list indices must be integers or slices")];
  if (item === undefined) throw new PyError("IndexError", "list index out of range");
  return item;
}

function tupleItem(tuple: Tuple, key: Value, meter: Meter): Value {
  if (key instanceof Slice) return new Tuple(taken(tuple.items, key, meter));
  const item = tuple.items[position(key, tuple.items.length, "tuple indices must be integers or slices")];
  if (item === undefined) throw new PyError("IndexError", "tuple index out of range");
  return item;
}

function textItem(text: string, key: Value, meter: Meter): string {
  meter.step(text.length >> 6);
  if (!isPlain(text)) meter.step(text.length >> 2);
  if (key instanceof Slice) return textSlice(text, key, meter);
  if (!isInteger(key)) {
    if (key instanceof PyObject) key.use();
    throw new PyError("TypeError", `string indices must be integers, not '${typeName(key)}'`);
  }
  const index = offset(key, textLength(text));
  const character = isPlain(text) ? text[index] : characters(text)[index];
  if (character === undefined) throw new PyError("IndexError", "string index out of range");
  return character;
}

function textSlice(text: string, slice: Slice, meter: Meter): string {
  const { start, step, count } = slice.indices(textLength(text));
  meter.allocate(count);
  if (step === 1 && isPlain(text)) return text.slice(start, start + count);
  return taken(characters(text), slice, meter).join("");
}

function bytesItem(bytes: Bytes, key: Value, meter: Meter): Value {
  if (key instanceof Slice) return new Bytes(Uint8Array.from(taken(Array.from(bytes.data), key, meter)));
  const item = bytes.data[position(key, bytes.data.length, "byte indices must be integers or slices")];
  if (item === undefined) throw new PyError("IndexError", "index out of range");
  return item;
}

/** The items that a slice takes. */
export function taken<T>(items: readonly T[], slice: Slice, meter: Meter): T[] {
  const { start, step, count } = slice.indices(items.length);
  meter.allocate(count * itemWeight);
  if (step === 1) return items.slice(start, start + count);
  return Array.from({ length: count }, (_, index) => items[start + index * step] as T);
}

function position(key: Value, length: number, must: string): number {
  if (key instanceof PyObject) key.use();
  if (!isInteger(key)) throw new PyError("TypeError", `${must}, not ${typeName(key)}`);
  return offset(key, length);
}

/** The offset of a Python index; -1 when it lies outside. */
export function offset(key: Integer, length: number): number {
  const whole = plainInt(key);
  if (typeof whole === "bigint") throw new PyError("IndexError", "cannot fit 'int' into an index-sized integer");
  const index = whole < 0 ? whole + length : whole;
  return index >= 0 && index < length ? index : -1;
}
