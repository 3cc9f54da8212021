import { tableStreamName } from "../../engine/installer/msi-strings.js";

/** A stream of a compound file as the test wants it; `start` and `size` can lie. */
export interface StreamPlan {
  readonly name: string;
  readonly content: Buffer;
  readonly claimedSize?: number;
}

export interface CompoundPlan {
  readonly streams: readonly StreamPlan[];
  /** Changes the allocation table before it is written: `fat[n]` is the sector after sector n. */
  readonly mendFat?: (fat: Uint32Array, first: ReadonlyMap<string, number>) => void;
  /** Changes the whole file at the end. */
  readonly mend?: (file: Buffer) => void;
}

const sector = 4096;
const numbersInSector = sector / 4;
const entriesInSector = sector / 128;
const endOfChain = 0xfffffffe;
const none = 0xffffffff;

/**
 * A compound file with sectors of 4096 bytes: header, allocation table, directory, streams. The header says that no
 * stream is short enough for the short sectors.
 */
export function makeCompoundFile({ streams, mendFat, mend }: CompoundPlan): Buffer {
  const bodies = streams.map(({ content }) => Buffer.concat([content], Math.ceil(content.length / sector) * sector));
  const directorySectors = Math.ceil((1 + streams.length) / entriesInSector);
  const bodySectors = bodies.reduce((sum, body) => sum + body.length / sector, 0);
  let fatSectors = 1;
  while (fatSectors * numbersInSector < fatSectors + directorySectors + bodySectors) fatSectors++;

  const fat = new Uint32Array(fatSectors * numbersInSector).fill(none);
  fat.fill(0xfffffffd, 0, fatSectors);
  let next = fatSectors;
  const chain = (count: number) => {
    for (let index = 0; index < count; index++) fat[next + index] = index + 1 < count ? next + index + 1 : endOfChain;
    next += count;
    return next - count;
  };
  const directoryStart = chain(directorySectors);
  const starts = bodies.map((body) => chain(body.length / sector));
  mendFat?.(fat, new Map(streams.map(({ name }, index) => [name, starts[index]!])));

  const directory = Buffer.alloc(directorySectors * sector);
  entry(directory, 0, {
    name: "Root Entry",
    type: 5,
    child: streams.length > 0 ? 1 : none,
    start: endOfChain,
    size: 0,
  });
  for (const [index, { name, claimedSize }] of streams.entries()) {
    const size = claimedSize ?? streams[index]!.content.length;
    const right = index + 1 < streams.length ? index + 2 : none;
    entry(directory, index + 1, { name, type: 2, right, start: starts[index]!, size });
  }
  const table = Buffer.alloc(fatSectors * sector);
  for (const [index, value] of fat.entries()) table.writeUInt32LE(value, index * 4);
  const file = Buffer.concat([header(fatSectors, directoryStart), table, directory, ...bodies]);
  mend?.(file);
  return file;
}

/** The least that reads as a package: a string pool and tables whose columns are all texts. */
export function makeMsi(
  tables: { readonly [name: string]: readonly string[][] },
  plan: Partial<CompoundPlan> = {},
): Buffer {
  const texts: string[] = [""];
  const reference = (text: string) => {
    if (!texts.includes(text)) texts.push(text);
    return texts.indexOf(text);
  };
  const columns: [number, number, number, number][] = [];
  const streams = Object.entries(tables).map(([name, [head = [], ...rows]]) => {
    for (const [index, column] of head.entries()) {
      columns.push([reference(name), 0x8000 + index + 1, reference(column), 0x8000 + 0x0d00]);
    }
    return { name: tableStreamName(name), content: columnWise(rows.map((row) => row.map(reference))) };
  });
  const described = { name: tableStreamName("_Columns"), content: columnWise(columns) };
  const pool = Buffer.alloc(4 * texts.length);
  for (const [index, text] of texts.entries()) {
    if (index > 0) pool.writeUInt16LE(text.length, index * 4);
    if (index > 0) pool.writeUInt16LE(1, index * 4 + 2);
  }
  return makeCompoundFile({
    ...plan,
    streams: [
      { name: tableStreamName("_StringPool"), content: pool },
      { name: tableStreamName("_StringData"), content: Buffer.from(texts.join(""), "latin1") },
      described,
      ...streams,
      ...(plan.streams ?? []),
    ],
  });
}

function columnWise(rows: readonly (readonly number[])[]): Buffer {
  const width = rows[0]?.length ?? 0;
  const content = Buffer.alloc(rows.length * width * 2);
  for (const [at, row] of rows.entries()) {
    for (const [column, value] of row.entries()) content.writeUInt16LE(value, (column * rows.length + at) * 2);
  }
  return content;
}

function header(fatSectors: number, directoryStart: number): Buffer {
  const bytes = Buffer.alloc(sector);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(4, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(12, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(fatSectors, 44);
  bytes.writeUInt32LE(directoryStart, 48);
  bytes.writeUInt32LE(endOfChain, 60);
  bytes.writeUInt32LE(endOfChain, 68);
  for (let index = 0; index < 109; index++) bytes.writeUInt32LE(index < fatSectors ? index : none, 76 + index * 4);
  return bytes;
}

interface EntryPlan {
  readonly name: string;
  readonly type: number;
  readonly right?: number;
  readonly child?: number;
  readonly start: number;
  readonly size: number;
}

function entry(
  directory: Buffer,
  index: number,
  { name, type, right = none, child = none, start, size }: EntryPlan,
): void {
  const at = index * 128;
  directory.write(name, at, "utf16le");
  directory.writeUInt16LE(name.length * 2 + 2, at + 64);
  directory[at + 66] = type;
  directory.writeUInt32LE(none, at + 68);
  directory.writeUInt32LE(right, at + 72);
  directory.writeUInt32LE(child, at + 76);
  directory.writeUInt32LE(start, at + 116);
  directory.writeUInt32LE(size, at + 120);
}
