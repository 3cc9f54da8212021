import { open } from "node:fs/promises";
import { InstallerError } from "./installer-error.js";
import { readResources } from "./pe-resources.js";
import { readVersionResource, type VersionResource } from "./version-resource.js";

export interface PeSection {
  readonly name: string;
  readonly virtualAddress: number;
  readonly offset: number;
  readonly size: number;
}

/** A Windows program. */
export interface PeFile {
  readonly machine: "x86" | "x64" | "arm64" | "other";
  readonly sections: readonly PeSection[];
  readonly version: VersionResource | undefined;
  /** The embedded application manifest (XML); empty without one. */
  readonly manifest: string;
  /** Headers and sections: all that Windows loads. */
  readonly image: Buffer;
  /** The beginning (at most 64 kB) of what follows the image: where self-extracting installers keep their data. */
  readonly overlay: Buffer;
}

const HEADERS = 4096;
const OVERLAY_READ = 64 * 1024;
const MAX_IMAGE = 256 * 1024 * 1024;
const RT_VERSION = 16;
const RT_MANIFEST = 24;
const MACHINES: { readonly [id: number]: PeFile["machine"] } = { 332: "x86", 34404: "x64", 43620: "arm64" };

/** Reads a program's headers, resources and the start of its payload, however large the file. */
export async function readPeFile(file: string): Promise<PeFile> {
  const handle = await open(file, "r");
  try {
    const head = Buffer.alloc(HEADERS);
    const { bytesRead } = await handle.read(head, 0, HEADERS, 0);
    const end = imageEnd(readSections(head.subarray(0, bytesRead)));
    const bytes = Buffer.alloc(Math.min(end, MAX_IMAGE) + OVERLAY_READ);
    const whole = await handle.read(bytes, 0, bytes.length, 0);
    return readPe(bytes.subarray(0, whole.bytesRead));
  } finally {
    await handle.close();
  }
}

/** Reads a program from its bytes. Throws {@link InstallerError} when it is none or is cut short. */
export function readPe(bytes: Buffer): PeFile {
  const sections = readSections(bytes);
  const end = imageEnd(sections);
  if (end > bytes.length) throw new InstallerError("Damaged program: it is cut short.");
  const resources = readResources(bytes, sections);
  const version = resources.find((resource) => resource.type === RT_VERSION);
  const manifest = resources.find((resource) => resource.type === RT_MANIFEST);
  return {
    machine: MACHINES[bytes.readUInt16LE(bytes.readUInt32LE(60) + 4)] ?? "other",
    sections,
    version: version && readVersionResource(version.content),
    manifest: manifest?.content.toString("utf8") ?? "",
    image: bytes.subarray(0, end),
    overlay: bytes.subarray(end, end + OVERLAY_READ),
  };
}

function readSections(bytes: Buffer): PeSection[] {
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

function imageEnd(sections: readonly PeSection[]): number {
  return Math.max(0, ...sections.map((section) => (section.size > 0 ? section.offset + section.size : 0)));
}
