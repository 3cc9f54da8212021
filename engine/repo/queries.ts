import { fnmatch } from "../glob.js";
import { hasFeature } from "../salt-version/features.js";
import { defaultSaltVersion, type SaltVersion } from "../salt-version/salt-version.js";
import { str } from "../value/repr.js";
import { Dict } from "../value/types.js";
import { compareVersions, latestVersion, sortVersions, sortVersionsNewestFirst } from "../version/version.js";
import type { WinrepoData } from "./database.js";

/*
 * What people ask of the database (salt-reference §6; salt.modules.win_pkg). Each function returns what Salt's function
 * of that name returns; the database is passed in, so that the caller chooses where it comes from.
 */

/** Short name → versions that are installed, as `pkg.list_pkgs versions_as_list=True` gives them. */
export type InstalledVersions = ReadonlyMap<string, readonly string[]>;

/** `pkg.get_package_info`: version → attributes; an empty dict for an unknown package. */
export function getPackageInfo(data: WinrepoData, name: string): Dict {
  const versions = data.repo.get(name);
  return versions instanceof Dict ? versions : new Dict();
}

/** Version keys in the file's order. Keys are text: genrepo lets no others in. */
function versionsOf(data: WinrepoData, name: string): string[] {
  return [...getPackageInfo(data, name).keys()].map(str);
}

/** The version that Salt takes for the newest (`_get_latest_pkg_version`); an empty text when there is none. */
export function newestVersion(data: WinrepoData, name: string): string {
  return latestVersion(versionsOf(data, name)) ?? "";
}

export interface ListAvailableOptions {
  readonly returnDictAlways?: boolean;
  /** Newest first, where the Salt knows it. */
  readonly reverseSort?: boolean;
  /** The Salt that is asked; default the newest 3007. */
  readonly salt?: SaltVersion;
}

/**
 * `pkg.list_available`: the versions of one package oldest first, an empty text when there are none; of several names a
 * dict without the unknown ones; without a name an empty text.
 */
export function listAvailable(
  data: WinrepoData,
  names: readonly string[],
  options: ListAvailableOptions = {},
): string | string[] | Map<string, string[]> {
  const reversed = options.reverseSort && hasFeature(options.salt ?? defaultSaltVersion, "repository-listing");
  const sorted = (name: string) => (reversed ? sortVersionsNewestFirst : sortVersions)(versionsOf(data, name));
  const [only] = names;
  if (only === undefined) return "";
  if (names.length === 1 && !options.returnDictAlways) {
    const versions = sorted(only);
    return versions.length > 0 ? versions : "";
  }
  return new Map(names.map((name) => [name, sorted(name)] as const).filter(([, versions]) => versions.length > 0));
}

/**
 * `pkg.list_repo_pkgs`: packages with their versions, newest first. Arguments are shell globs on the short name, as
 * Windows takes them without regard to case; `name=version` narrows to that version where the package has it.
 */
export function listRepoPkgs(data: WinrepoData, globs: readonly string[] = []): Map<string, string[]> {
  const all = new Map(
    [...data.repo.keys()].map((name) => [str(name), sortVersionsNewestFirst(versionsOf(data, str(name)))]),
  );
  if (globs.length === 0) return all;
  const result = new Map<string, string[]>();
  for (const glob of globs) {
    const [name = "", version] = split(glob);
    for (const [candidate, versions] of all) {
      if (!fnmatch(candidate, name, { ignoreCase: true })) continue;
      result.set(candidate, version !== undefined && versions.includes(version) ? [version] : versions);
    }
  }
  return result;
}

function split(glob: string): [string, string?] {
  const at = glob.indexOf("=");
  return at < 0 ? [glob] : [glob.slice(0, at), glob.slice(at + 1)];
}

/**
 * `pkg.latest_version` of one name: the version that an upgrade would bring; an empty text when the newest installed
 * one is as new, or when nothing is defined.
 */
function upgradeTo(data: WinrepoData, name: string, installed: InstalledVersions): string {
  const available = newestVersion(data, name);
  // `0` stands for "not installed". Here `Not Found` counts as zeros, although sorting puts it above all numbers.
  const present = latestVersion(installed.get(name) ?? []) || "0";
  return available !== "" && compareVersions(available, ">", present) ? available : "";
}

/** `pkg.latest_version`: text for one name, a dict for several, an empty text for none. */
export function latestVersionOf(
  data: WinrepoData,
  names: readonly string[],
  installed: InstalledVersions,
): string | Map<string, string> {
  const [only] = names;
  if (only === undefined) return "";
  if (names.length === 1) return upgradeTo(data, only, installed);
  return new Map(names.map((name) => [name, upgradeTo(data, name, installed)]));
}

/** `pkg.upgrade_available`. */
export function upgradeAvailable(data: WinrepoData, name: string, installed: InstalledVersions): boolean {
  return upgradeTo(data, name, installed) !== "";
}

/** `pkg.list_upgrades`: installed package → newer version. */
export function listUpgrades(data: WinrepoData, installed: InstalledVersions): Map<string, string> {
  const upgrades = new Map<string, string>();
  for (const name of installed.keys()) {
    const version = upgradeTo(data, name, installed);
    if (version !== "") upgrades.set(name, version);
  }
  return upgrades;
}
