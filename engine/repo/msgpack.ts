import { Bytes, Dict, int, PyFloat, PySet, Tuple, type Value } from "../value/types.js";

/*
 * MessagePack as Salt's payload packer writes it: the old specification, in which text and bytes are one "raw" family
 * without str8 and bin (salt-reference §2.8). An own codec because the published ones write the new forms and, reading,
 * cannot tell the float 1.0 from the int 1.
 */

/** The bytes are no MessagePack, or not all of it. */
export class MsgpackError extends Error {
  override readonly name = "MsgpackError";
}

/** Grows as it is written to; texts are written in place, without a buffer of their own. */
export class MsgpackWriter {
  /** Whether something was written that reads back as another type: a set, a tuple, bytes, an int beyond 64 bits. */
  lossy = false;
  #buffer = Buffer.allocUnsafe(8 * 1024);
  #length = 0;
  readonly #modern: boolean;

  /** @param modern writes today's specification, with str8 and bin, as Salt's runner does */
  constructor(modern = false) {
    this.#modern = modern;
  }

  /** What was written so far. The writer may be used on; the bytes stay as they are. */
  bytes(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }

  value(value: Value): this {
    switch (typeof value) {
      case "string":
        return this.text(value);
      case "boolean":
        return this.#byte(value ? 0xc3 : 0xc2);
      case "number":
      case "bigint":
        return this.#integer(value);
    }
    if (value === null) return this.#byte(0xc0);
    if (value instanceof Dict) {
      this.mapHeader(value.size);
      for (const [key, item] of value) this.value(key).value(item);
      return this;
    }
    if (Array.isArray(value)) return this.#array(value);
    if (value instanceof PyFloat) {
      this.#byte(0xcb).#reserve(8);
      this.#length = this.#buffer.writeDoubleBE(value.value, this.#length);
      return this;
    }
    this.lossy = true;
    if (value instanceof Tuple) return this.#array(value.items);
    if (value instanceof PySet) return this.#array([...value]);
    if (value instanceof Bytes) return this.#bytesHeader(value.data.length).append(value.data);
    throw new MsgpackError(`cannot store a ${value.typeName}`);
  }

  text(text: string): this {
    // Short texts of ASCII are nearly all there is: they go straight into the buffer.
    if (text.length < 32) {
      this.#reserve(1 + 3 * text.length);
      const written = this.#buffer.write(text, this.#length + 1, "utf8");
      if (written < 32) {
        this.#buffer[this.#length] = 0xa0 | written;
        this.#length += 1 + written;
        return this;
      }
    }
    const size = Buffer.byteLength(text);
    this.#rawHeader(size).#reserve(size);
    this.#length += this.#buffer.write(text, this.#length, "utf8");
    return this;
  }

  mapHeader(size: number): this {
    return size < 16
      ? this.#byte(0x80 | size)
      : size <= 0xffff
        ? this.#header16(0xde, size)
        : this.#header32(0xdf, size);
  }

  /** Bytes that are MessagePack already. */
  append(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  #array(items: readonly Value[]): this {
    const size = items.length;
    if (size < 16) this.#byte(0x90 | size);
    else if (size <= 0xffff) this.#header16(0xdc, size);
    else this.#header32(0xdd, size);
    for (const item of items) this.value(item);
    return this;
  }

  #rawHeader(size: number): this {
    if (this.#modern && size >= 32 && size <= 0xff) return this.#byte(0xd9).#byte(size);
    return size < 32
      ? this.#byte(0xa0 | size)
      : size <= 0xffff
        ? this.#header16(0xda, size)
        : this.#header32(0xdb, size);
  }

  #bytesHeader(size: number): this {
    if (!this.#modern) return this.#rawHeader(size);
    if (size <= 0xff) return this.#byte(0xc4).#byte(size);
    return size <= 0xffff ? this.#header16(0xc5, size) : this.#header32(0xc6, size);
  }

  #integer(value: number | bigint): this {
    if (value >= 0) {
      if (value < 0x80) return this.#byte(Number(value));
      if (value <= 0xff) return this.#byte(0xcc).#byte(Number(value));
      if (value <= 0xffff) return this.#header16(0xcd, Number(value));
      if (value <= 0xffffffff) return this.#header32(0xce, Number(value));
      if (value > 0xffff_ffff_ffff_ffffn) return this.#oversized(value);
      this.#byte(0xcf).#reserve(8);
      this.#length = this.#buffer.writeBigUInt64BE(BigInt(value), this.#length);
      return this;
    }
    if (value >= -0x20) return this.#byte(Number(value) & 0xff);
    if (value >= -0x80) return this.#byte(0xd0).#byte(Number(value) & 0xff);
    if (value >= -0x8000) return this.#header16(0xd1, Number(value) & 0xffff);
    if (value >= -0x8000_0000) return this.#header32(0xd2, Number(value) >>> 0);
    if (value < -0x8000_0000_0000_0000n) return this.#oversized(value);
    this.#byte(0xd3).#reserve(8);
    this.#length = this.#buffer.writeBigInt64BE(BigInt(value), this.#length);
    return this;
  }

  /** Salt stores a number too large for 64 bits as its text. */
  #oversized(value: number | bigint): this {
    this.lossy = true;
    return this.text(String(value));
  }

  #byte(byte: number): this {
    this.#reserve(1);
    this.#buffer[this.#length++] = byte;
    return this;
  }

  #header16(type: number, size: number): this {
    this.#byte(type).#reserve(2);
    this.#length = this.#buffer.writeUInt16BE(size, this.#length);
    return this;
  }

  #header32(type: number, size: number): this {
    this.#byte(type).#reserve(4);
    this.#length = this.#buffer.writeUInt32BE(size, this.#length);
    return this;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, this.#length + size));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/** One value in Salt's form. */
export function encodeMsgpack(value: Value): Buffer {
  return new MsgpackWriter().value(value).bytes();
}

const depthLimit = 512;

/**
 * One value, of the old and of the new specification. Raw bytes become text where they are UTF-8 and stay
 * {@link Bytes} where not, as Salt reads them back; its extension types (datetime, interned constant) become text.
 * @throws MsgpackError
 */
export function decodeMsgpack(bytes: Uint8Array): Value {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    const value = reader.value(0);
    if (reader.offset !== bytes.length) throw new MsgpackError("there is more behind the end of the data");
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw new MsgpackError("the data ends in the middle");
    throw error;
  }
}

class Reader {
  offset = 0;
  readonly #strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #buffer: Buffer;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  value(depth: number): Value {
    if (depth > depthLimit) throw new MsgpackError("the data is nested too deeply");
    const type = this.#buffer.readUInt8(this.offset++);
    if (type < 0x80) return type;
    if (type < 0x90) return this.#map(type & 0x0f, depth);
    if (type < 0xa0) return this.#array(type & 0x0f, depth);
    if (type < 0xc0) return this.#raw(type & 0x1f);
    if (type >= 0xe0) return type - 0x100;
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xd9:
        return this.#raw(this.#uint(1));
      case 0xc5:
      case 0xda:
        return this.#raw(this.#uint(2));
      case 0xc6:
      case 0xdb:
        return this.#raw(this.#uint(4));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#uint(2 ** (type - 0xc7)));
      case 0xca:
        return new PyFloat(this.#take(4).readFloatBE());
      case 0xcb:
        return new PyFloat(this.#take(8).readDoubleBE());
      case 0xcc:
        return this.#uint(1);
      case 0xcd:
        return this.#uint(2);
      case 0xce:
        return this.#uint(4);
      case 0xcf:
        return int(this.#take(8).readBigUInt64BE());
      case 0xd0:
        return this.#take(1).readInt8();
      case 0xd1:
        return this.#take(2).readInt16BE();
      case 0xd2:
        return this.#take(4).readInt32BE();
      case 0xd3:
        return int(this.#take(8).readBigInt64BE());
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(2 ** (type - 0xd4));
      case 0xdc:
        return this.#array(this.#uint(2), depth);
      case 0xdd:
        return this.#array(this.#uint(4), depth);
      case 0xde:
        return this.#map(this.#uint(2), depth);
      case 0xdf:
        return this.#map(this.#uint(4), depth);
      default:
        throw new MsgpackError(`unknown type byte 0x${type.toString(16)}`);
    }
  }

  #take(size: number): Buffer {
    const start = this.offset;
    if (start + size > this.#buffer.length) throw new RangeError("end of data");
    this.offset = start + size;
    return this.#buffer.subarray(start, this.offset);
  }

  #uint(size: number): number {
    return this.#take(size).readUIntBE(0, size);
  }

  #raw(size: number): Value {
    const bytes = this.#take(size);
    try {
      return this.#strict.decode(bytes);
    } catch {
      return new Bytes(Uint8Array.from(bytes));
    }
  }

  #extension(size: number): Value {
    this.#take(1);
    return this.#raw(size);
  }

  #array(size: number, depth: number): Value {
    const items: Value[] = [];
    for (let index = 0; index < size; index++) items.push(this.value(depth + 1));
    return items;
  }

  #map(size: number, depth: number): Value {
    const dict = new Dict();
    for (let index = 0; index < size; index++) {
      const key = this.value(depth + 1);
      // Salt reads arrays back as lists; as keys (of a tuple) it cannot, and neither can we.
      if (Array.isArray(key) || key instanceof Dict) throw new MsgpackError("a list or mapping stands as a key");
      dict.set(key, this.value(depth + 1));
    }
    return dict;
  }
}
