import { type MsiProduct, packedVersion } from "../../installer/msi-product.js";
import type { RegistryValue } from "../target.js";

export interface RegistrationFacts {
  readonly properties: ReadonlyMap<string, string>;
  /** Folder of the package, ending in a backslash. */
  readonly source: string;
  /** Bytes of all files. */
  readonly size: number;
  /** `YYYYMMDD`. */
  readonly date: string;
}

/** The values that Windows Installer writes into a product's Uninstall key (and its InstallProperties). */
export function uninstallValues(product: MsiProduct, facts: RegistrationFacts): Map<string, RegistryValue> {
  const property = (name: string) => facts.properties.get(name) ?? "";
  const [major = 0, minor = 0] = product.version.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const values = new Map<string, RegistryValue>();
  const text = (name: string, data: string, type = "REG_SZ") => values.set(name, { type, data });
  const number = (name: string, data: number) => values.set(name, { type: "REG_DWORD", data });

  text("AuthorizedCDFPrefix", property("ARPAUTHORIZEDCDFPREFIX"));
  text("Comments", property("ARPCOMMENTS"));
  text("Contact", property("ARPCONTACT"));
  text("DisplayVersion", product.version);
  text("HelpLink", property("ARPHELPLINK"), "REG_EXPAND_SZ");
  text("HelpTelephone", property("ARPHELPTELEPHONE"));
  text("InstallDate", facts.date);
  text("InstallLocation", property("ARPINSTALLLOCATION"));
  text("InstallSource", facts.source);
  if (property("ARPNOMODIFY")) number("NoModify", 1);
  if (property("ARPNOREMOVE")) number("NoRemove", 1);
  if (property("ARPNOREPAIR")) number("NoRepair", 1);
  if (property("ARPSYSTEMCOMPONENT")) number("SystemComponent", 1);
  // A product that can be changed is opened in its maintenance dialog.
  const line = `MsiExec.exe /${property("ARPNOMODIFY") ? "X" : "I"}${product.productCode}`;
  if (!property("ARPNOMODIFY")) text("ModifyPath", line, "REG_EXPAND_SZ");
  if (!property("ARPNOREMOVE")) text("UninstallString", line, "REG_EXPAND_SZ");
  text("Publisher", product.manufacturer);
  text("Readme", property("ARPREADME"));
  text("Size", property("ARPSIZE"));
  number("EstimatedSize", Math.ceil(facts.size / 1024));
  text("URLInfoAbout", property("ARPURLINFOABOUT"));
  text("URLUpdateInfo", property("ARPURLUPDATEINFO"));
  number("VersionMajor", major);
  number("VersionMinor", minor);
  number("WindowsInstaller", 1);
  number("Version", packedVersion(product.version));
  number("Language", product.language);
  text("DisplayName", product.name);
  return values;
}
