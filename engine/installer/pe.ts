import { open } from "node:fs/promises";
import { InstallerError } from "./installer-error.js";
import { readResources } from "./pe-resources.js";
import { imageEnd, type PeSection, readSections } from "./pe-sections.js";
import { readVersionResource, type VersionResource } from "./version-resource.js";

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

const headerBytes = 4096;
const overlayBytes = 64 * 1024;
const maxImage = 256 * 1024 * 1024;
const maxManifest = 1024 ** 2;
const rtVersion = 16;
const rtManifest = 24;
const machines: { readonly [id: number]: PeFile["machine"] } = { 332: "x86", 34404: "x64", 43620: "arm64" };

/**
 * Reads a program's headers, resources and the start of its payload, however large the file.
 * @throws InstallerError when it is none, is cut short, or when its image is larger than any program's
 */
export async function readPeFile(file: string): Promise<PeFile> {
  const handle = await open(file, "r");
  try {
    const head = Buffer.alloc(headerBytes);
    const { bytesRead } = await handle.read(head, 0, headerBytes, 0);
    const end = imageEnd(readSections(head.subarray(0, bytesRead)));
    const { size } = await handle.stat();
    if (end > size) throw cutShort();
    if (end > maxImage)
      throw new InstallerError(`The program is larger than ${maxImage / 1024 ** 2} MB; it is not read.`);
    const bytes = Buffer.alloc(Math.min(size, end + overlayBytes));
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
  if (end > bytes.length) throw cutShort();
  const resources = readResources(bytes, sections);
  const version = resources.find((resource) => resource.type === rtVersion);
  const manifest = resources.find((resource) => resource.type === rtManifest);
  return {
    machine: machines[bytes.readUInt16LE(bytes.readUInt32LE(60) + 4)] ?? "other",
    sections,
    version: version && readVersionResource(version.content),
    manifest: manifest?.content.toString("utf8", 0, maxManifest) ?? "",
    image: bytes.subarray(0, end),
    overlay: bytes.subarray(end, end + overlayBytes),
  };
}

function cutShort(): InstallerError {
  return new InstallerError("Damaged program: it is cut short.");
}
