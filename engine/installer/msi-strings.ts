import { InstallerError } from "./installer-error.js";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";

/** The stream that holds a table: its name packed two characters in one, behind a mark. */
export function tableStreamName(table: string): string {
  let packed = "\u4840";
  for (let at = 0; at < table.length; ) {
    const first = alphabet.indexOf(table[at]!);
    const second = at + 1 < table.length ? alphabet.indexOf(table[at + 1]!) : -1;
    if (first < 0) packed += table[at];
    else if (second < 0) packed += String.fromCharCode(0x4800 + first);
    else packed += String.fromCharCode(0x3800 + first + (second << 6));
    at += first >= 0 && second >= 0 ? 2 : 1;
  }
  return packed;
}

/** Longer texts than any package has. */
const maxTextBytes = 1024 ** 2;

/** All texts of a database; tables refer to them by number. A text is decoded when it is asked for. */
export class MsiStrings {
  readonly codepage: number;
  /** Bytes of a reference in a table. */
  readonly referenceSize: 2 | 3;
  readonly #data: Buffer;
  readonly #decode: Decode;
  /** Where each text begins in the data; after the last the end of all. */
  readonly #starts: Uint32Array;
  readonly #count: number;
  readonly #decoded = new Map<number, string>();

  constructor(pool: Buffer, data: Buffer) {
    if (pool.length < 4) throw new InstallerError("Damaged Windows Installer package: its string pool is empty.");
    this.codepage = pool.readUInt32LE(0) & 0x7fffffff;
    this.referenceSize = pool.readUInt32LE(0) & 0x80000000 ? 3 : 2;
    this.#decode = decoderFor(this.codepage);
    this.#data = data;
    this.#starts = new Uint32Array((pool.length >>> 2) + 1);
    let count = 0;
    let start = 0;
    for (let at = 4; at + 4 <= pool.length; at += 4) {
      let length = pool.readUInt16LE(at);
      const references = pool.readUInt16LE(at + 2);
      if (length === 0 && references !== 0 && at + 8 <= pool.length) {
        // Longer than 64 kB: the length is all of the next entry.
        at += 4;
        length = pool.readUInt32LE(at);
      }
      if (start + length > data.length) {
        throw new InstallerError("Damaged Windows Installer package: its texts are cut short.");
      }
      this.#starts[++count] = start;
      start += length;
    }
    this.#count = count;
    this.#starts[count + 1] = start;
  }

  /** @throws InstallerError for a text that is longer than any package's */
  get(reference: number): string | undefined {
    if (reference < 1 || reference > this.#count) return reference === 0 ? "" : undefined;
    const known = this.#decoded.get(reference);
    if (known !== undefined) return known;
    const bytes = this.#data.subarray(this.#starts[reference], this.#starts[reference + 1]);
    if (bytes.length > maxTextBytes) {
      throw new InstallerError(
        `Winrepo stopped reading the package: one of its texts has ${bytes.length} bytes, more than ${maxTextBytes}.`,
      );
    }
    const text = this.#decode(bytes);
    this.#decoded.set(reference, text);
    return text;
  }
}

type Decode = (bytes: Uint8Array) => string;

function decoderFor(codepage: number): Decode {
  const names: { readonly [page: number]: string } = {
    874: "windows-874",
    932: "shift_jis",
    936: "gbk",
    949: "euc-kr",
    950: "big5",
    65001: "utf-8",
  };
  if (codepage !== 0 && codepage !== 1252) {
    try {
      const decoder = new TextDecoder(names[codepage] ?? `windows-${codepage}`);
      return (bytes) => decoder.decode(bytes);
    } catch {
      // An unknown page reads like one that is not named.
    }
  }
  return decodeWindows1252;
}

/** What the bytes from 0x80 are in windows-1252. Node's own decoder reads them as control characters in some versions. */
const from0x80 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const decodeWindows1252: Decode = (bytes) =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (character) => from0x80[character.charCodeAt(0) - 0x80]!);
