import type { MsiProduct } from "./msi-product.js";

export interface RelatedProduct {
  readonly productCode: string;
  readonly version: string;
  readonly language: number;
}

/** What a package can see of the machine that it is installed on. */
export interface MsiMachine {
  readonly bits: 64 | 32;
  environment(name: string): string | undefined;
  isInstalled(productCode: string): boolean;
  /** The installed products of one upgrade code. */
  related(upgradeCode: string): readonly RelatedProduct[];
}

/** The properties that Windows Installer itself sets before a package runs (those that conditions and paths commonly read). */
export function standardProperties(product: MsiProduct, machine: MsiMachine): Map<string, string> {
  const environment = (name: string, fallback: string) => folder(machine.environment(name) ?? fallback);
  const windows = environment("SystemRoot", "C:\\Windows");
  const programFiles = environment("ProgramW6432", machine.environment("ProgramFiles") ?? "C:\\Program Files");
  const programFiles32 =
    machine.bits === 64 ? environment("ProgramFiles(x86)", "C:\\Program Files (x86)") : programFiles;
  const properties = new Map<string, string>([
    // Windows Installer reports 603 for every Windows since 8.1 to packages that do not know better.
    ["VersionNT", "603"],
    ["WindowsBuild", "9600"],
    ["ServicePackLevel", "0"],
    ["VersionMsi", "5.00"],
    ["MsiNTProductType", "1"],
    ["Privileged", "1"],
    ["AdminUser", "1"],
    ["MsiRunningElevated", "1"],
    ["Intel", "6"],
    ["PhysicalMemory", "8192"],
    ["ComputerName", machine.environment("COMPUTERNAME") ?? "MACHINE"],
    ["LogonUser", machine.environment("USERNAME") ?? "SYSTEM"],
    ["UserLanguageID", "1033"],
    ["SystemLanguageID", "1033"],
    ["ROOTDRIVE", "C:\\"],
    ["WindowsVolume", `${windows.slice(0, 2)}\\`],
    ["WindowsFolder", windows],
    ["SystemFolder", machine.bits === 64 ? `${windows}SysWOW64\\` : `${windows}System32\\`],
    ["ProgramFilesFolder", programFiles32],
    ["CommonFilesFolder", `${programFiles32}Common Files\\`],
    ["CommonAppDataFolder", environment("ProgramData", "C:\\ProgramData")],
    ["AppDataFolder", environment("APPDATA", `${windows}System32\\config\\systemprofile\\AppData\\Roaming`)],
    ["LocalAppDataFolder", environment("LOCALAPPDATA", `${windows}System32\\config\\systemprofile\\AppData\\Local`)],
    ["TempFolder", environment("TEMP", "C:\\Windows\\TEMP")],
    ["FontsFolder", `${windows}Fonts\\`],
    ["ProgramMenuFolder", `${environment("ProgramData", "C:\\ProgramData")}Microsoft\\Windows\\Start Menu\\Programs\\`],
    ["DesktopFolder", `${environment("PUBLIC", "C:\\Users\\Public")}Desktop\\`],
    [
      "StartupFolder",
      `${environment("ProgramData", "C:\\ProgramData")}Microsoft\\Windows\\Start Menu\\Programs\\Startup\\`,
    ],
  ]);
  if (machine.bits === 64) {
    properties.set("VersionNT64", "603");
    properties.set("Msix64", "6");
    properties.set("Msx64", "6");
    properties.set("System64Folder", `${windows}System32\\`);
    properties.set("ProgramFiles64Folder", programFiles);
    properties.set("CommonFiles64Folder", `${programFiles}Common Files\\`);
  }
  if (machine.isInstalled(product.productCode)) properties.set("Installed", "1");
  return properties;
}

/** Windows Installer's folders end in a backslash. */
export const folder = (path: string): string => (path.endsWith("\\") ? path : `${path}\\`);
