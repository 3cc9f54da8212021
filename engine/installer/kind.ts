import type { PeFile } from "./pe.js";

/** The program that made an installer; it decides which flags make it silent. */
export type InstallerKind = "msi" | "nsis" | "inno" | "burn" | "installshield" | "squirrel" | "unknown";

export const installerKindNames: { readonly [kind in InstallerKind]: string } = {
  msi: "Windows Installer package",
  nsis: "NSIS installer",
  inno: "Inno Setup installer",
  burn: "WiX Burn bundle",
  installshield: "InstallShield installer",
  squirrel: "Squirrel installer",
  unknown: "program of unknown make",
};

const nsisMark = Buffer.from("\xef\xbe\xad\xdeNullsoftInst", "latin1");
const utf16 = (text: string) => Buffer.from(text, "utf16le");

/** Tells the kind of an `.exe` from marks that the makers leave in it. */
export function installerKind(pe: PeFile): Exclude<InstallerKind, "msi"> {
  const words = [...(pe.version?.strings ?? [])].flat().join("\n");
  if (pe.sections.some((section) => section.name === ".wixburn")) return "burn";
  if (pe.overlay.includes(nsisMark) || pe.manifest.includes("Nullsoft.NSIS")) return "nsis";
  if (
    words.includes("Inno Setup") ||
    pe.manifest.includes("JR.Inno.Setup") ||
    pe.image.includes("Inno Setup Setup Data (")
  ) {
    return "inno";
  }
  if (/InstallShield|ISInternal/.test(words) || pe.manifest.includes("InstallShield")) return "installshield";
  if (pe.image.includes(utf16("SquirrelTemp")) || pe.image.includes("SquirrelTemp")) return "squirrel";
  return "unknown";
}

const silentFlags: { readonly [kind in InstallerKind]: RegExp | undefined } = {
  msi: /^\/(q[nbrf]?[!+-]*|quiet|passive)$/i,
  // NSIS knows the capital letter only.
  nsis: /^\/S$/,
  inno: /^\/(very)?silent$/i,
  burn: /^[-/](q|quiet|s|silent|passive)$/i,
  installshield: /^[-/]s$/i,
  squirrel: /^(--silent|-s)$/,
  unknown: undefined,
};

/** Whether these arguments make an installer of that kind run without a person; undefined where nobody can know. */
export function isSilent(kind: InstallerKind, args: readonly string[]): boolean | undefined {
  const flag = silentFlags[kind];
  return flag && args.some((argument) => flag.test(argument));
}

/** The flags that make an installer of that kind silent, for a message; undefined where nobody can know. */
export function silentAdvice(kind: InstallerKind): string | undefined {
  const advice: { readonly [kind in InstallerKind]: string | undefined } = {
    msi: "/qn /norestart",
    nsis: "/S",
    inno: "/VERYSILENT /SUPPRESSMSGBOXES /NORESTART",
    burn: "/quiet /norestart",
    installshield: "/s",
    squirrel: "--silent",
    unknown: undefined,
  };
  return advice[kind];
}
