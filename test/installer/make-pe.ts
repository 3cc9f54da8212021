interface PeParts {
  machine?: number;
  strings?: { [key: string]: string };
  manifest?: string;
  sections?: { name: string; content: Buffer }[];
  overlay?: Buffer;
}

const align = (offset: number, to: number) => Math.ceil(offset / to) * to;

/** The smallest program that has the parts a reader looks at. It does not run. */
export function makePe({ machine = 34404, strings, manifest, sections = [], overlay }: PeParts): Buffer {
  const all = [...sections];
  const rsrcAddress = 0x1000 * (all.length + 1);
  all.push({ name: ".rsrc", content: resources(rsrcAddress, strings, manifest) });
  const header = Buffer.alloc(align(64 + 24 + all.length * 40, 512));
  header.write("MZ", 0);
  header.writeUInt32LE(64, 60);
  header.write("PE\0\0", 64);
  header.writeUInt16LE(machine, 68);
  header.writeUInt16LE(all.length, 70);
  const bodies: Buffer[] = [];
  let offset = header.length;
  all.forEach(({ name, content }, index) => {
    const at = 88 + index * 40;
    const body = Buffer.concat([content, Buffer.alloc(align(content.length, 512) - content.length)]);
    header.write(name, at);
    header.writeUInt32LE(0x1000 * (index + 1), at + 12);
    header.writeUInt32LE(body.length, at + 16);
    header.writeUInt32LE(offset, at + 20);
    bodies.push(body);
    offset += body.length;
  });
  return Buffer.concat([header, ...bodies, overlay ?? Buffer.alloc(0)]);
}

function resources(address: number, strings?: { [key: string]: string }, manifest?: string): Buffer {
  const leaves: { type: number; content: Buffer }[] = [];
  if (strings) leaves.push({ type: 16, content: versionInfo(strings) });
  if (manifest) leaves.push({ type: 24, content: Buffer.from(manifest) });
  const directory = (entries: [number, number][]) => {
    const bytes = Buffer.alloc(16 + entries.length * 8);
    bytes.writeUInt16LE(entries.length, 14);
    entries.forEach(([id, target], index) => {
      bytes.writeUInt32LE(id, 16 + index * 8);
      bytes.writeUInt32LE(target, 20 + index * 8);
    });
    return bytes;
  };
  const root = 16 + leaves.length * 8;
  // Per leaf: two directories of one entry and the data's description.
  const perLeaf = 24 + 24 + 16;
  let contentAt = root + leaves.length * perLeaf;
  const parts: Buffer[] = [];
  const contents: Buffer[] = [];
  leaves.forEach(({ content }, index) => {
    const at = root + index * perLeaf;
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(address + contentAt, 0);
    entry.writeUInt32LE(content.length, 4);
    parts.push(directory([[1, 0x80000000 + at + 24]]), directory([[1033, at + 48]]), entry);
    const padded = Buffer.concat([content, Buffer.alloc(align(content.length, 4) - content.length)]);
    contents.push(padded);
    contentAt += padded.length;
  });
  const rootEntries = leaves.map(({ type }, index): [number, number] => [type, 0x80000000 + root + index * perLeaf]);
  return Buffer.concat([directory(rootEntries), ...parts, ...contents]);
}

function versionInfo(strings: { [key: string]: string }): Buffer {
  const fixed = Buffer.alloc(52);
  fixed.writeUInt32LE(0xfeef04bd, 0);
  for (const at of [8, 16]) {
    fixed.writeUInt32LE((3 << 16) | 4, at);
    fixed.writeUInt32LE((5 << 16) | 6, at + 4);
  }
  const texts = Object.entries(strings).map(([key, text]) => block(key, Buffer.from(`${text}\0`, "utf16le"), true, []));
  return block("VS_VERSION_INFO", fixed, false, [
    block("StringFileInfo", Buffer.alloc(0), true, [block("040904b0", Buffer.alloc(0), true, texts)]),
  ]);
}

function block(key: string, value: Buffer, isText: boolean, children: Buffer[]): Buffer {
  const pad = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(align(bytes.length, 4) - bytes.length)]);
  const head = pad(Buffer.concat([Buffer.alloc(6), Buffer.from(`${key}\0`, "utf16le")]));
  const bytes = Buffer.concat([pad(Buffer.concat([head, value])), ...children.map(pad)]);
  bytes.writeUInt16LE(bytes.length, 0);
  bytes.writeUInt16LE(isText ? value.length / 2 : value.length, 2);
  bytes.writeUInt16LE(isText ? 1 : 0, 4);
  return bytes;
}
