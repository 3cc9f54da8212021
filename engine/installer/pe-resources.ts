import type { PeSection } from "./pe-sections.js";

export interface Resource {
  /** `RT_…` number; 0 for a type that has a name. */
  readonly type: number;
  readonly content: Buffer;
}

/** Directories of a hostile file may lead back to themselves. */
const maxEntries = 100_000;

/** All resources of a program, in the order of the file. What is damaged is left out. */
export function readResources(bytes: Buffer, sections: readonly PeSection[]): Resource[] {
  const section = sections.find(({ name }) => name === ".rsrc");
  const found: Resource[] = [];
  let visited = 0;
  if (!section) return found;
  const tree = bytes.subarray(section.offset, section.offset + section.size);

  // Three levels: type, name, language.
  const visit = (directory: number, depth: number, type: number): void => {
    const entries = tree.readUInt16LE(directory + 12) + tree.readUInt16LE(directory + 14);
    for (let index = 0; index < entries && visited < maxEntries; index++, visited++) {
      const at = directory + 16 + index * 8;
      const id = tree.readUInt32LE(at);
      const target = tree.readUInt32LE(at + 4);
      const here = depth === 0 ? (id & 0x80000000 ? 0 : id) : type;
      if (target & 0x80000000) {
        if (depth < 2) visit(target & 0x7fffffff, depth + 1, here);
        continue;
      }
      const start = tree.readUInt32LE(target) - section.virtualAddress;
      const content = tree.subarray(Math.max(0, start), start + tree.readUInt32LE(target + 4));
      found.push({ type: here, content });
    }
  };
  try {
    visit(0, 0, 0);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}
