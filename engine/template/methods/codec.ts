import { latin1Bytes, latin1Text, utf8Bytes } from "../../value/bytes.js";
import { type Meter, unmetered } from "../../value/meter.js";
import { codePointIndex } from "../../value/text.js";
import { Bytes, PyError } from "../../value/types.js";

// `str.encode` and `bytes.decode` for the codecs that templates name: UTF-8, UTF-16, UTF-32, ASCII, Latin-1, cp1252.

type Family = "utf-8" | "utf-16" | "utf-32" | "ascii" | "latin-1" | "cp1252";

interface Codec {
  readonly family: Family;
  /** Byte order where the name says it; otherwise a mark is written, and read. */
  readonly order?: "le" | "be";
  readonly mark?: boolean;
}

const codecs: ReadonlyMap<string, Codec> = new Map<string, Codec>([
  ...["utf8", "u8", "utf", "cp65001"].map((name) => [name, { family: "utf-8" }] as const),
  ["utf8sig", { family: "utf-8", mark: true }],
  ...["utf16", "u16"].map((name) => [name, { family: "utf-16" }] as const),
  ["utf16le", { family: "utf-16", order: "le" }],
  ["utf16be", { family: "utf-16", order: "be" }],
  ...["utf32", "u32"].map((name) => [name, { family: "utf-32" }] as const),
  ["utf32le", { family: "utf-32", order: "le" }],
  ["utf32be", { family: "utf-32", order: "be" }],
  ...["ascii", "usascii", "646"].map((name) => [name, { family: "ascii" }] as const),
  ...["latin1", "latin", "l1", "iso88591", "88591"].map((name) => [name, { family: "latin-1" }] as const),
  ...["cp1252", "windows1252", "1252"].map((name) => [name, { family: "cp1252" }] as const),
]);

/** @throws PyError LookupError `unknown encoding: x` */
function codecOf(name: string): Codec {
  const codec = codecs.get(name.toLowerCase().replace(/[^a-z0-9]/g, ""));
  if (!codec) throw new PyError("LookupError", `unknown encoding: ${name}`);
  return codec;
}

/** The characters of cp1252's second quarter; a NUL where the code is not used. */
const windowsCharacters = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

/** `text.encode(encoding, errors)`. @throws PyError UnicodeEncodeError, LookupError */
export function encode(text: string, encoding: string, errors: string, meter: Meter = unmetered): Bytes {
  const { family, order = "le", mark = family.length === 6 && encodesMark(encoding) } = codecOf(encoding);
  const quick = quickly(text, family, mark);
  if (quick) return new Bytes(quick);
  meter.step(text.length);
  const bytes: number[] = [];
  if (mark) bytes.push(...unitBytes(0xfeff, family, order));
  let offset = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const encoded = encodable(code, family) ? unitBytes(code, family, order) : undefined;
    if (encoded) bytes.push(...encoded);
    else
      for (const unit of replacement(text, offset, code, family, errors)) bytes.push(...unitBytes(unit, family, order));
    offset += character.length;
  }
  return new Bytes(Uint8Array.from(bytes));
}

/** Texts that have no character to worry about need no loop. */
function quickly(text: string, family: Family, mark: boolean): Uint8Array | undefined {
  if (mark || /[\ud800-\udfff]/.test(text)) return undefined;
  if (family === "utf-8") return utf8Bytes(text);
  const isAscii = !/[\u0080-\uffff]/.test(text);
  return isAscii && !family.startsWith("utf") ? latin1Bytes(text) : undefined;
}

/** `utf-16` and `utf-32` without a byte order begin with a mark. */
function encodesMark(encoding: string): boolean {
  const { family, order } = codecOf(encoding);
  return (family === "utf-16" || family === "utf-32") && order === undefined;
}

function encodable(code: number, family: Family): boolean {
  if (family === "ascii") return code < 0x80;
  if (family === "latin-1") return code < 0x100;
  if (family === "cp1252") return windowsByte(code) !== undefined;
  return code < 0xd800 || code > 0xdfff;
}

function windowsByte(code: number): number | undefined {
  if (code < 0x80 || (code >= 0xa0 && code < 0x100)) return code;
  const index = code === 0 ? -1 : windowsCharacters.indexOf(String.fromCodePoint(code));
  return index < 0 ? undefined : 0x80 + index;
}

function unitBytes(code: number, family: Family, order: "le" | "be"): number[] {
  switch (family) {
    case "utf-8":
      return [...utf8Bytes(String.fromCodePoint(code))];
    case "utf-16": {
      const units = code > 0xffff ? [0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff)] : [code];
      const bytes = units.flatMap((unit) => [unit & 0xff, unit >> 8]);
      return order === "le" ? bytes : bytes.map((_, index) => bytes[index ^ 1] as number);
    }
    case "utf-32": {
      const bytes = [code & 0xff, (code >> 8) & 0xff, code >> 16, 0];
      return order === "le" ? bytes : bytes.reverse();
    }
    case "cp1252":
      return [windowsByte(code) as number];
    default:
      return [code];
  }
}

function replacement(text: string, offset: number, code: number, family: Family, errors: string): number[] {
  const codes = (written: string) => Array.from(written, (character) => character.charCodeAt(0));
  switch (errors) {
    case "strict":
      throw encodeError(text, offset, code, family);
    case "ignore":
      return [];
    case "replace":
      return codes("?");
    case "xmlcharrefreplace":
      return codes(`&#${code};`);
    case "backslashreplace":
      return codes(escaped(code));
    default:
      throw new PyError("LookupError", `unknown error handler name '${errors}'`);
  }
}

function escaped(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

function encodeError(text: string, offset: number, code: number, family: Family): PyError {
  const where = `in position ${codePointIndex(text, offset)}`;
  if (family === "cp1252") {
    return new PyError(
      "UnicodeEncodeError",
      `'charmap' codec can't encode character '${escaped(code)}' ${where}: character maps to <undefined>`,
    );
  }
  const reason =
    family === "ascii" || family === "latin-1"
      ? `ordinal not in range(${family === "ascii" ? 128 : 256})`
      : "surrogates not allowed";
  return new PyError(
    "UnicodeEncodeError",
    `'${family}' codec can't encode character '${escaped(code)}' ${where}: ${reason}`,
  );
}

/** `bytes.decode(encoding, errors)`. @throws PyError UnicodeDecodeError, LookupError */
export function decode(bytes: Bytes, encoding: string, errors: string, meter: Meter = unmetered): string {
  meter.step(bytes.data.length >> 2);
  const { family, order, mark } = codecOf(encoding);
  const { data } = bytes;
  switch (family) {
    case "utf-8":
      return decodeUtf8(mark && beginsWithMark(data) ? data.subarray(3) : data, errors);
    case "ascii":
      return single(
        data,
        errors,
        (byte) => (byte < 0x80 ? String.fromCharCode(byte) : undefined),
        (byte, at) =>
          `'ascii' codec can't decode byte 0x${byte.toString(16)} in position ${at}: ordinal not in range(128)`,
      );
    case "latin-1":
      return latin1Text(data);
    case "cp1252":
      return single(
        data,
        errors,
        windowsCharacter,
        (byte, at) =>
          `'charmap' codec can't decode byte 0x${byte.toString(16)} in position ${at}: character maps to <undefined>`,
      );
    default:
      return decodeWide(data, family, order, errors);
  }
}

function beginsWithMark(data: Uint8Array): boolean {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
}

function windowsCharacter(byte: number): string | undefined {
  if (byte < 0x80 || byte >= 0xa0) return String.fromCharCode(byte);
  const character = windowsCharacters.charAt(byte - 0x80);
  return character === "\0" ? undefined : character;
}

function single(
  data: Uint8Array,
  errors: string,
  character: (byte: number) => string | undefined,
  message: (byte: number, at: number) => string,
): string {
  let text = "";
  data.forEach((byte, at) => {
    text += character(byte) ?? recovered([byte], errors, () => message(byte, at));
  });
  return text;
}

/** What stands for bytes that are not text. */
function recovered(bytes: readonly number[], errors: string, message: () => string): string {
  switch (errors) {
    case "strict":
      throw new PyError("UnicodeDecodeError", message());
    case "ignore":
      return "";
    case "replace":
      return "\ufffd";
    case "backslashreplace":
      return bytes.map(escaped).join("");
    case "surrogateescape":
      return String.fromCharCode(...bytes.map((byte) => 0xdc00 + byte));
    default:
      throw new PyError("LookupError", `unknown error handler name '${errors}'`);
  }
}

const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(data: Uint8Array, errors: string): string {
  try {
    return strictDecoder.decode(data);
  } catch {
    // Where it is no UTF-8 each sequence is looked at.
  }
  let text = "";
  for (let at = 0; at < data.length; ) {
    const { length, problem } = sequence(data, at);
    if (problem === undefined) text += strictDecoder.decode(data.subarray(at, at + length));
    else text += recovered([...data.subarray(at, at + length)], errors, () => utf8Message(data, at, length, problem));
    at += length;
  }
  return text;
}

function utf8Message(data: Uint8Array, at: number, length: number, problem: string): string {
  if (length === 1) {
    const byte = (data[at] as number).toString(16);
    return `'utf-8' codec can't decode byte 0x${byte} in position ${at}: ${problem}`;
  }
  return `'utf-8' codec can't decode bytes in position ${at}-${at + length - 1}: ${problem}`;
}

/** One UTF-8 sequence: how many bytes belong together, and what is wrong with them. */
function sequence(data: Uint8Array, at: number): { length: number; problem?: string } {
  const first = data[at] as number;
  if (first < 0x80) return { length: 1 };
  if (first < 0xc2 || first > 0xf4) return { length: 1, problem: "invalid start byte" };
  const needed = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let index = 1; index < needed; index += 1) {
    const byte = data[at + index];
    if (byte === undefined) return { length: index, problem: "unexpected end of data" };
    const [low, high] = index === 1 ? secondByte(first) : [0x80, 0xbf];
    if (byte < low || byte > high) return { length: index, problem: "invalid continuation byte" };
  }
  return { length: needed };
}

/** Overlong forms, surrogates and codes past the last are excluded by the second byte. */
function secondByte(first: number): [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}

function decodeWide(
  data: Uint8Array,
  family: "utf-16" | "utf-32",
  order: "le" | "be" | undefined,
  errors: string,
): string {
  const width = family === "utf-16" ? 2 : 4;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const unit = (at: number, big: boolean) => (width === 2 ? view.getUint16(at, !big) : view.getUint32(at, !big));
  let at = 0;
  let big = order === "be";
  if (order === undefined && data.length >= width && (unit(0, false) === 0xfeff || unit(0, true) === 0xfeff)) {
    big = unit(0, true) === 0xfeff;
    at = width;
  }
  let text = "";
  for (; at + width <= data.length; at += width) {
    const code = unit(at, big);
    text += code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
  }
  if (at < data.length) {
    const name = `${family}${order ? `-${order}` : ""}`;
    const byte = (data[at] as number).toString(16).padStart(2, "0");
    text += recovered(
      [...data.subarray(at)],
      errors,
      () => `'${name}' codec can't decode byte 0x${byte} in position ${at}: truncated data`,
    );
  }
  return text;
}
