/** What Python's strict UTF-8 decoder says of bytes that it refuses. */
export interface DecodeFailure {
  /** `'utf-8' codec can't decode byte 0xe9 in position 12: invalid continuation byte` */
  readonly message: string;
  /** Offset of the first refused byte. */
  readonly position: number;
}

/** Decodes as Python's `utf-8` codec does: a byte order mark stays in the text, anything malformed is refused. */
export function decodeUtf8(bytes: Uint8Array): { text: string } | { failure: DecodeFailure } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { failure: describeFailure(bytes) };
  }
}

function describeFailure(bytes: Uint8Array): DecodeFailure {
  let position = 0;
  while (position < bytes.length) {
    const sequence = readSequence(bytes, position);
    if (sequence.reason === undefined) {
      position += sequence.length;
      continue;
    }
    const last = position + sequence.length - 1;
    const what =
      sequence.length === 1
        ? `byte 0x${(bytes[position] ?? 0).toString(16).padStart(2, "0")} in position ${position}`
        : `bytes in position ${position}-${last}`;
    return { message: `'utf-8' codec can't decode ${what}: ${sequence.reason}`, position };
  }
  throw new Error("the text decoder refused well-formed UTF-8");
}

/** One sequence at `start`: its length, and if it is malformed how many bytes of it are to blame and why. */
function readSequence(bytes: Uint8Array, start: number): { length: number; reason?: string } {
  const lead = bytes[start] ?? 0;
  if (lead < 0x80) return { length: 1 };
  if (lead < 0xc2 || lead > 0xf4) return { length: 1, reason: "invalid start byte" };
  const expected = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // The second byte's range keeps out overlong forms, surrogates and what lies beyond U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let index = 1; index < expected; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) return { length: index, reason: "unexpected end of data" };
    const [min, max] = index === 1 ? [low, high] : [0x80, 0xbf];
    if (byte < min || byte > max) return { length: index, reason: "invalid continuation byte" };
  }
  return { length: expected };
}
