import { MsgpackError } from "../msgpack.js";

const depthLimit = 512;

/**
 * Checks that the lengths which MessagePack claims fit into the bytes there are, and that nothing nests too deeply. A
 * reader that makes room for what a length claims then needs no more than a multiple of the file's size.
 * @throws MsgpackError
 */
export function checkBounds(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Per open array or mapping, how many values are to come. */
  const open: number[] = [1];
  let pending = 1;
  let offset = 0;
  while (open.length > 0) {
    const left = open.length - 1;
    if (open[left] === 0) {
      open.pop();
      continue;
    }
    open[left] = (open[left] as number) - 1;
    pending -= 1;
    const { header, payload, items } = headerAt(view, offset);
    const rest = bytes.length - offset - header;
    if (payload > rest) throw new MsgpackError(`at byte ${offset} ${payload} bytes should follow, and ${rest} do`);
    pending += items;
    // Each value takes at least one byte.
    if (pending > rest - payload)
      throw new MsgpackError(`at byte ${offset} ${pending} values should follow, and ${rest - payload} bytes do`);
    offset += header + payload;
    if (items > 0 && open.push(items) > depthLimit) throw new MsgpackError("the data is nested too deeply");
  }
  if (offset < bytes.length) throw new MsgpackError("there is more behind the end of the data");
}

interface Header {
  /** Bytes of the type and the length. */
  readonly header: number;
  /** Bytes of the value itself. */
  readonly payload: number;
  /** Values inside. */
  readonly items: number;
}

/** What stands behind each type byte from 0xc0: bytes of the length field, and what the length counts. */
const types: {
  readonly [type: number]: readonly [lengthBytes: number, counts: "bytes" | "values" | "pairs", extra?: number];
} = {
  196: [1, "bytes"],
  197: [2, "bytes"],
  198: [4, "bytes"],
  199: [1, "bytes", 1],
  200: [2, "bytes", 1],
  201: [4, "bytes", 1],
  217: [1, "bytes"],
  218: [2, "bytes"],
  219: [4, "bytes"],
  220: [2, "values"],
  221: [4, "values"],
  222: [2, "pairs"],
  223: [4, "pairs"],
};

/** Bytes behind the types 0xca to 0xd8 that have no length field: floats, ints, fixed extensions with their type. */
const fixed = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17];

function headerAt(view: DataView, offset: number): Header {
  if (offset >= view.byteLength) throw new MsgpackError("the data ends in the middle");
  const type = view.getUint8(offset);
  if (type < 0x80 || type >= 0xe0 || type === 0xc0 || type === 0xc2 || type === 0xc3) return plain(0);
  if (type < 0x90) return { header: 1, payload: 0, items: 2 * (type & 0x0f) };
  if (type < 0xa0) return { header: 1, payload: 0, items: type & 0x0f };
  if (type < 0xc0) return plain(type & 0x1f);
  const sized = types[type];
  if (!sized) {
    const payload = fixed[type - 0xca];
    if (payload === undefined) throw new MsgpackError(`unknown type byte 0x${type.toString(16)}`);
    return plain(payload);
  }
  const [lengthBytes, counts, extra = 0] = sized;
  if (offset + lengthBytes >= view.byteLength) throw new MsgpackError("the data ends in the middle");
  const length = lengthAt(view, offset + 1, lengthBytes);
  const header = 1 + lengthBytes;
  if (counts === "bytes") return { header, payload: length + extra, items: 0 };
  return { header, payload: 0, items: counts === "pairs" ? 2 * length : length };
}

function lengthAt(view: DataView, offset: number, size: number): number {
  if (size === 1) return view.getUint8(offset);
  return size === 2 ? view.getUint16(offset) : view.getUint32(offset);
}

function plain(payload: number): Header {
  return { header: 1, payload, items: 0 };
}
