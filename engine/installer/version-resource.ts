/** What Explorer shows on the page "Details" of a program. */
export interface VersionResource {
  /** From the fixed part: four numbers, e.g. `2.3.0.0`. */
  readonly fileVersion: string;
  readonly productVersion: string;
  /** `ProductName`, `ProductVersion`, `CompanyName`, `FileDescription`, `Comments` … of the first language. */
  readonly strings: ReadonlyMap<string, string>;
}

interface Block {
  readonly key: string;
  readonly value: Buffer;
  readonly isText: boolean;
  readonly children: readonly Block[];
}

const maxDepth = 4;

/** Reads a `VS_VERSIONINFO` structure; undefined when it is none. */
export function readVersionResource(content: Buffer): VersionResource | undefined {
  // One block, which says its own length in 16 bits; what follows it in the resource means nothing.
  const root = readBlocks(content.subarray(0, content.length < 2 ? 0 : content.readUInt16LE(0)), 0)[0];
  if (root?.key !== "VS_VERSION_INFO") return undefined;
  const strings = new Map<string, string>();
  const tables = root.children.find((block) => block.key === "StringFileInfo")?.children ?? [];
  for (const { key, value } of tables[0]?.children ?? []) {
    strings.set(key, value.toString("utf16le").replace(/\0.*$/s, "").trim());
  }
  return { fileVersion: fixedVersion(root.value, 8), productVersion: fixedVersion(root.value, 16), strings };
}

function fixedVersion(fixed: Buffer, at: number): string {
  if (fixed.length < at + 8) return "";
  return [at + 2, at, at + 6, at + 4].map((offset) => fixed.readUInt16LE(offset)).join(".");
}

/** Blocks nest: length, length of the value, kind, key, value, then blocks of their own; all on four-byte borders. */
function readBlocks(bytes: Buffer, depth: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at + 6 <= bytes.length && depth < maxDepth; ) {
    const length = bytes.readUInt16LE(at);
    if (length < 6) break;
    const block = bytes.subarray(at, at + length);
    const isText = block.readUInt16LE(4) === 1;
    let end = 6;
    while (end + 2 <= block.length && block.readUInt16LE(end) !== 0) end += 2;
    const valueAt = align(end + 2);
    // The length of a text counts characters, by some linkers bytes; a text ends at its NUL anyway.
    const valueLength = block.readUInt16LE(2) * (isText ? 2 : 1);
    const value = block.subarray(valueAt, valueAt + valueLength);
    const children = readBlocks(block.subarray(align(valueAt + valueLength)), depth + 1);
    blocks.push({ key: block.toString("utf16le", 6, end), value, isText, children });
    at += align(length);
  }
  return blocks;
}

const align = (offset: number): number => (offset + 3) & ~3;
