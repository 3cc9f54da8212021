/** What Windows does when `CreateProcess` is given a file (salt-reference §7.7). */
export type Start =
  | "program"
  /** Windows hands it to cmd, whoever starts it. */
  | "batch"
  /** Windows' own number: 87 for quotes in the name, 193 for what is no program. */
  | { readonly error: 87 | 193; readonly reason: string };

/** Endings of files that are data for other programs: none of them is a program, in all that anybody has seen. */
const data = new Set(
  "7z appx appxbundle cab diff gz inf ini iso jar js json lnk msi msix msixbundle msp mst msu ps1 psm1 py rar reg sh sls tar txt vbs wsf xml zip".split(
    " ",
  ),
);
const peOffset = 0x3c;
const isLibrary = 0x2000;

/**
 * What comes of starting a file. Its name does not matter, but for batch files: a program named `.dat` runs, and a text named
 * `.exe` does not. Undefined when its content decides and is not at hand.
 * @param name the first word of the line without the quotes around it
 * @param head the file's first kilobytes, where it is at hand
 */
export function whatStarts(name: string, head?: Uint8Array): Start | undefined {
  if (name === "" || name.includes('"')) return { error: 87, reason: "there are quotes in its name" };
  const ending = /\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? "exe";
  if (ending === "bat" || ending === "cmd") return "batch";
  if (head) return isProgram(head) ? "program" : { error: 193, reason: "it is no program" };
  if (data.has(ending)) return { error: 193, reason: `an .${ending} file is no program` };
  return ending === "exe" || ending === "com" || ending === "scr" ? "program" : undefined;
}

/** The marks of a program of Windows that is no library; of one for DOS no machine of today runs any. */
function isProgram(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.toString("latin1", 0, 2) !== "MZ" || bytes.length < peOffset + 4) return false;
  const at = bytes.readUInt32LE(peOffset);
  // A header behind what was read is as good as one that was seen: it is a program of unusual make.
  if (at + 24 > bytes.length) return true;
  return bytes.toString("latin1", at, at + 4) === "PE\0\0" && (bytes.readUInt16LE(at + 22) & isLibrary) === 0;
}
