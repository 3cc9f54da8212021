import type { WinrepoData } from "../repo/database.js";
import type { Target } from "../target/target.js";
import { equal } from "../value/equal.js";
import { str } from "../value/repr.js";
import { Dict } from "../value/types.js";
import { compareCodePoints } from "../version/code-points.js";
import { type InstalledEntry, installedSoftware, type SoftwareFilter } from "./installed-software.js";

/** Short name, or the display name of software that no definition names → its versions, each once, sorted as text. */
export type InstalledPackages = ReadonlyMap<string, readonly string[]>;

/** `pkg.list_pkgs` with `versions_as_list=True` (salt-reference §5). */
export async function listPkgs(
  target: Target,
  repo: WinrepoData,
  filter: SoftwareFilter = {},
  signal?: AbortSignal,
): Promise<InstalledPackages> {
  return packagesOf(await installedSoftware(target, filter, signal), repo);
}

/** The mapping from what the registry says to short names (salt-reference §5.3). */
export function packagesOf(entries: readonly InstalledEntry[], repo: WinrepoData): InstalledPackages {
  const found = new Map<string, Set<string>>();
  for (const { name, version } of entries) {
    const known = repo.nameMap.get(name);
    const short = known === undefined ? name : str(known);
    const spelt = version === "Not Found" && known !== undefined ? versionFromRepo(repo, short, name) : version;
    if (spelt === undefined) continue;
    const versions = found.get(short);
    if (versions) versions.add(spelt);
    else found.set(short, new Set([spelt]));
  }
  return new Map([...found].map(([name, versions]) => [name, [...versions].sort(compareCodePoints)]));
}

/** The versions as Salt prints them by default: `1.0,1.1`. */
export function joinVersions(packages: InstalledPackages): { [name: string]: string } {
  return Object.fromEntries([...packages].map(([name, versions]) => [name, versions.join(",")]));
}

/**
 * `pkg.version` (salt-reference §5.4): one name → its versions as text, `""` when it is not installed; several → a
 * mapping; none → an empty mapping.
 */
export function installedVersion(
  packages: InstalledPackages,
  names: readonly string[],
): string | { [n: string]: string } {
  const text = (name: string) => packages.get(name)?.join(",") ?? "";
  const [only] = names;
  if (only !== undefined && names.length === 1) return text(only);
  return Object.fromEntries(names.map((name) => [name, text(name)]));
}

/** Software without a version counts as the last version in the database that has its name; without a package it is left out. */
function versionFromRepo(repo: WinrepoData, name: string, fullName: string): string | undefined {
  const definition = repo.repo.get(name);
  if (!(definition instanceof Dict) || definition.size === 0) return undefined;
  let version = "Not Found";
  for (const [key, attributes] of definition) {
    const own = attributes instanceof Dict ? attributes.get("full_name") : undefined;
    if (own !== undefined && equal(own, fullName) && typeof key === "string") version = key;
  }
  return version;
}
