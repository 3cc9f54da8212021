import { readSync } from "node:fs";
import { InstallerError } from "./installer-error.js";

/** Bytes that are read where they lie: the cabinets in a package are never needed, and may be large. */
export interface ByteSource {
  readonly size: number;
  /** At most `length` bytes from an offset; fewer at the end. */
  read(offset: number, length: number): Buffer;
}

export function bufferSource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, read: (offset, length) => buffer.subarray(offset, offset + length) };
}

/** @param descriptor of an open file, which stays the caller's to close */
export function fileSource(descriptor: number, size: number): ByteSource {
  return {
    size,
    read(offset, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, offset));
    },
  };
}

/** More streams and storages than any package has. */
const maxEntries = 20_000;
/** Of tables, texts and the container's own lists; a package's cabinets are not read. */
const maxBytesRead = 64 * 1024 ** 2;

const signature = Buffer.from("d0cf11e0a1b11ae1", "hex");
const headerBytes = 512;
const headerFatSectors = 109;
const entryBytes = 128;
const lastRegularSector = 0xfffffffa;
const endOfChain = 0xfffffffe;
const noEntry = 0xffffffff;
const streamType = 2;
const rootType = 5;

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

/**
 * The streams in the root of a Compound File Binary ([MS-CFB]), which MSI files are. Everything that the file says about
 * itself is checked before it is followed: no sector is read for two purposes, so a chain that leads back into itself or
 * into another ends the reading, and no more is ever held than lies in the file.
 */
export class CompoundFile {
  readonly #source: ByteSource;
  readonly #sectorSize: number;
  /** Sectors that a chain went through. */
  readonly #used: Uint8Array;
  readonly #fat: Uint32Array;
  readonly #miniCutoff: number;
  readonly #streams = new Map<string, Entry>();
  readonly #root: Entry;
  readonly #firstMiniFat: number;
  #bytesRead = 0;
  #mini: { readonly fat: Uint32Array; readonly content: Buffer; readonly used: Uint8Array } | undefined;

  /** @throws InstallerError when it is none or is damaged */
  constructor(source: ByteSource) {
    const header = source.read(0, headerBytes);
    if (header.length < headerBytes || !header.subarray(0, 8).equals(signature)) {
      throw new InstallerError("Not a Windows Installer package: it does not start like one.");
    }
    const [sectorShift, miniShift] = [header.readUInt16LE(30), header.readUInt16LE(32)];
    if ((sectorShift !== 9 && sectorShift !== 12) || miniShift !== 6) throw damaged("its sectors have no known size");
    this.#source = source;
    this.#sectorSize = 1 << sectorShift;
    this.#miniCutoff = header.readUInt32LE(56);
    this.#firstMiniFat = header.readUInt32LE(60);
    this.#used = new Uint8Array(Math.max(0, Math.ceil(source.size / this.#sectorSize) - 1));
    this.#fat = numbersOf(this.#readSectors(this.#fatSectors(header)));
    const directory = this.#chain(header.readUInt32LE(48), maxEntries * entryBytes, "directory");
    const root = entryAt(directory, 0);
    if (root?.type !== rootType) throw damaged("its directory does not begin with the root");
    this.#root = root;
    this.#readDirectory(directory, root.child);
  }

  /** The content of a stream. Each stream can be read once. @throws InstallerError when its chain is damaged */
  read(name: string): Buffer | undefined {
    const entry = this.#streams.get(name);
    if (!entry) return undefined;
    if (entry.size > this.#source.size) throw damaged("a stream is said to be larger than the file");
    if (entry.size === 0) return Buffer.alloc(0);
    if (entry.size >= this.#miniCutoff) return this.#readSectors(this.#sectorsOf(entry.start, entry.size), entry.size);
    return this.#readMini(entry);
  }

  /** The sectors of the file allocation table: the first are named in the header, the others in a chain of sectors. */
  #fatSectors(header: Buffer): number[] {
    const sectors: number[] = [];
    const add = (list: Buffer) => {
      for (const sector of numbersOf(list)) if (sector <= lastRegularSector) sectors.push(this.#use(sector));
    };
    add(header.subarray(76, 76 + 4 * headerFatSectors));
    for (let next = header.readUInt32LE(68); next <= lastRegularSector; ) {
      const list = this.#readSectors([this.#use(next)]);
      add(list.subarray(0, -4));
      next = list.readUInt32LE(list.length - 4);
    }
    return sectors;
  }

  #readDirectory(directory: Buffer, first: number): void {
    const seen = new Set<number>();
    const waiting = [first];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (at === noEntry) continue;
      const entry = entryAt(directory, at);
      if (!entry || seen.has(at)) throw damaged("its directory leads back into itself or out of the file");
      seen.add(at);
      // What lies in storages (transforms, embedded packages) is none of the package's own tables.
      if (entry.type === streamType) this.#streams.set(entry.name, entry);
      waiting.push(entry.right, entry.left);
    }
  }

  /** A chain whose length nobody gives. */
  #chain(first: number, maxBytes: number, what: string): Buffer {
    const sectors: number[] = [];
    for (let sector = first; sector !== endOfChain; sector = this.#fat[sector] ?? noEntry) {
      sectors.push(this.#use(sector));
      if (sectors.length * this.#sectorSize > maxBytes + this.#sectorSize) {
        throw new InstallerError(`Winrepo stopped reading the package: its ${what} is larger than ${maxBytes} bytes.`);
      }
    }
    return this.#readSectors(sectors);
  }

  #sectorsOf(first: number, size: number): number[] {
    const sectors: number[] = [];
    for (let sector = first; sectors.length * this.#sectorSize < size; sector = this.#fat[sector] ?? noEntry) {
      sectors.push(this.#use(sector));
    }
    return sectors;
  }

  /** A sector belongs to one chain. */
  #use(sector: number): number {
    if (sector >= this.#used.length) throw damaged("a chain of sectors leads out of the file");
    if (this.#used[sector]) throw damaged("a chain of sectors leads back into itself or into another");
    this.#used[sector] = 1;
    return sector;
  }

  /** Sectors that follow each other are read at once. */
  #readSectors(sectors: readonly number[], size = sectors.length * this.#sectorSize): Buffer {
    this.#bytesRead += sectors.length * this.#sectorSize;
    if (this.#bytesRead > maxBytesRead) {
      throw new InstallerError(
        `Winrepo stopped reading the package: its tables are larger than ${maxBytesRead / 1024 ** 2} MB.`,
      );
    }
    const content = Buffer.alloc(Math.min(size, sectors.length * this.#sectorSize));
    for (let at = 0; at < sectors.length; ) {
      let count = 1;
      while (sectors[at + count] === sectors[at]! + count) count++;
      const offset = (sectors[at]! + 1) * this.#sectorSize;
      this.#source.read(offset, count * this.#sectorSize).copy(content, at * this.#sectorSize);
      at += count;
    }
    return content;
  }

  /** Short streams lie in sectors of 64 bytes, in a stream of the root's. */
  #readMini({ start, size }: Entry): Buffer {
    if (!this.#mini) {
      if (this.#root.size > this.#source.size) throw damaged("its short streams are said to be larger than the file");
      const content = this.#readSectors(this.#sectorsOf(this.#root.start, this.#root.size), this.#root.size);
      const fat = numbersOf(this.#chain(this.#firstMiniFat, content.length, "table of short streams"));
      this.#mini = { fat, content, used: new Uint8Array(Math.ceil(content.length / 64)) };
    }
    const { fat, content, used } = this.#mini;
    const result = Buffer.alloc(size);
    for (let at = 0, sector = start; at < size; at += 64, sector = fat[sector] ?? noEntry) {
      if (sector >= used.length) throw damaged("a chain of short sectors leads out of the file");
      if (used[sector]) throw damaged("a chain of short sectors leads back into itself or into another");
      used[sector] = 1;
      content.copy(result, at, sector * 64, sector * 64 + 64);
    }
    return result;
  }
}

function entryAt(directory: Buffer, index: number): Entry | undefined {
  const at = index * entryBytes;
  if (at + entryBytes > directory.length) return undefined;
  const nameBytes = Math.min(64, Math.max(2, directory.readUInt16LE(at + 64)));
  return {
    name: directory.toString("utf16le", at, at + nameBytes - 2),
    type: directory[at + 66]!,
    left: directory.readUInt32LE(at + 68),
    right: directory.readUInt32LE(at + 72),
    child: directory.readUInt32LE(at + 76),
    start: directory.readUInt32LE(at + 116),
    // The upper half is only meant where sectors are 4096 bytes; no package is that large.
    size: directory.readUInt32LE(at + 120),
  };
}

function numbersOf(bytes: Buffer): Uint32Array {
  const numbers = new Uint32Array(bytes.length >>> 2);
  for (let index = 0; index < numbers.length; index++) numbers[index] = bytes.readUInt32LE(index * 4);
  return numbers;
}

function damaged(reason: string): InstallerError {
  return new InstallerError(`Damaged Windows Installer package: ${reason}.`);
}
