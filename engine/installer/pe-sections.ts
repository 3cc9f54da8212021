import { InstallerError } from "./installer-error.js";

export interface PeSection {
  readonly name: string;
  readonly virtualAddress: number;
  readonly offset: number;
  readonly size: number;
}

/** The section table of a program. @throws InstallerError when it is none or is cut short */
export function readSections(bytes: Buffer): PeSection[] {
  try {
    const header = bytes.readUInt32LE(60);
    if (bytes.toString("latin1", 0, 2) !== "MZ" || bytes.toString("latin1", header, header + 4) !== "PE\0\0") {
      throw new InstallerError("Not a Windows program: it does not start like one.");
    }
    const count = bytes.readUInt16LE(header + 6);
    const table = header + 24 + bytes.readUInt16LE(header + 20);
    return Array.from({ length: count }, (_, index) => {
      const at = table + index * 40;
      return {
        name: bytes.toString("latin1", at, at + 8).replace(/\0.*$/s, ""),
        virtualAddress: bytes.readUInt32LE(at + 12),
        size: bytes.readUInt32LE(at + 16),
        offset: bytes.readUInt32LE(at + 20),
      };
    });
  } catch (error) {
    if (error instanceof RangeError) throw new InstallerError("Not a Windows program, or one that is cut short.");
    throw error;
  }
}

/** Where the last section ends. */
export function imageEnd(sections: readonly PeSection[]): number {
  return Math.max(0, ...sections.map((section) => (section.size > 0 ? section.offset + section.size : 0)));
}
