import { InstallerError } from "./installer-error.js";
import type { MsiDatabase } from "./msi.js";

/** Who a package is, from its Property table and summary. */
export interface MsiProduct {
  readonly productCode: string;
  readonly upgradeCode: string | undefined;
  /** `ProductName`: what Windows shows as DisplayName. */
  readonly name: string;
  readonly version: string;
  readonly manufacturer: string;
  readonly language: number;
  /** Differs between any two builds of the same product. */
  readonly packageCode: string;
  readonly platform: "x86" | "x64" | "arm64";
  readonly properties: ReadonlyMap<string, string>;
}

export function productOf(msi: MsiDatabase): MsiProduct {
  const properties = new Map(msi.rows("Property").map((row) => [String(row.Property), String(row.Value ?? "")]));
  const need = (name: string): string => {
    const value = properties.get(name);
    if (!value) throw new InstallerError(`The package has no property ${name}; Windows Installer refuses it.`);
    return value;
  };
  return {
    productCode: need("ProductCode"),
    upgradeCode: properties.get("UpgradeCode"),
    name: need("ProductName"),
    version: need("ProductVersion"),
    manufacturer: properties.get("Manufacturer") ?? "",
    language: Number(properties.get("ProductLanguage")) || 0,
    packageCode: msi.summary.packageCode,
    platform: platformOf(msi.summary.template),
    properties,
  };
}

function platformOf(template: string): MsiProduct["platform"] {
  const platform = template.split(";")[0]!.toLowerCase();
  if (platform.includes("arm64")) return "arm64";
  return /x64|amd64|intel64/.test(platform) ? "x64" : "x86";
}

/** Windows Installer compares the first three numbers only. */
export function compareProductVersions(left: string, right: string): number {
  const numbers = (version: string) => version.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const a = numbers(left);
  const b = numbers(right);
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** The version as the registry's DWORD `Version` holds it: major, minor, build. */
export function packedVersion(version: string): number {
  const [major = 0, minor = 0, build = 0] = version.split(".").map((part) => Number.parseInt(part, 10) || 0);
  return (((major & 0xff) << 24) | ((minor & 0xff) << 16) | (build & 0xffff)) >>> 0;
}
