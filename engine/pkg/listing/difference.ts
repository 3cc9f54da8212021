import type { InstalledPackages } from "../list-pkgs.js";

/**
 * What changed between two listings: `{"x": {"old": "", "new": "1.0"}}`, a missing side is empty
 * (salt-reference §7.10).
 */
export function difference(
  before: InstalledPackages,
  after: InstalledPackages,
): { [name: string]: { readonly old: string; readonly new: string } } {
  const changes: { [name: string]: { old: string; new: string } } = {};
  for (const name of new Set([...after.keys(), ...before.keys()])) {
    const old = before.get(name)?.join(",");
    const now = after.get(name)?.join(",");
    if (old !== now) changes[name] = { old: old ?? "", new: now ?? "" };
  }
  return changes;
}
