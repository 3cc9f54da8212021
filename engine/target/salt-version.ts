import { readSaltVersion } from "../salt-version/salt-version.js";
import type { RegistryView, Target } from "./target.js";

const uninstallKey = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
const views: readonly RegistryView[] = ["64", "32"];

/** Which Salt a machine runs: its grain, else the minion that is registered as installed. Undefined where neither tells. */
export async function machineSaltVersion(target: Target, signal?: AbortSignal): Promise<string | undefined> {
  const { saltversion } = await target.grains(signal);
  if ((typeof saltversion === "string" || typeof saltversion === "number") && readSaltVersion(saltversion)) {
    return String(saltversion);
  }
  for (const view of views) {
    const entries = await target.readRegistry("HKLM", uninstallKey, view, 1, signal);
    for (const { values } of entries?.subkeys ?? []) {
      const version = values.get("DisplayVersion")?.data;
      if (!/^Salt Minion\b/i.test(String(values.get("DisplayName")?.data ?? ""))) continue;
      if (typeof version === "string" && readSaltVersion(version)) return version;
    }
  }
  return undefined;
}
