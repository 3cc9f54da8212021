import { PackageFailure } from "../failure.js";
import type { VersionDefinition } from "./definition.js";

/** Without an uninstaller, but with flags for one, the installer is asked to uninstall (salt-reference §1.1). */
export function uninstallerOf(definition: VersionDefinition): { location: string; key: string } {
  const own = definition.text("uninstaller");
  if (own) return { location: own, key: "uninstaller" };
  const installer = definition.flag("uninstall_flags", false) ? definition.text("installer") : "";
  if (installer) return { location: installer, key: "installer" };
  throw new PackageFailure({
    code: "no-uninstaller",
    key: "uninstaller",
    message: `${definition.name} ${definition.version} has no uninstaller, and no uninstall_flags for its installer.`,
    answer: { "no uninstaller defined": definition.version },
  });
}
