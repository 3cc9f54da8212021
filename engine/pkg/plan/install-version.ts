import type { WinrepoData } from "../../repo/database.js";
import { getPackageInfo, newestVersion } from "../../repo/queries.js";
import { hasFeature } from "../../salt-version/features.js";
import { defaultSaltVersion, type SaltVersion } from "../../salt-version/salt-version.js";
import { suggest } from "../../suggest.js";
import { toFloat } from "../../value/parse-number.js";
import { repr, str } from "../../value/repr.js";
import { Dict, PyError, PyFloat } from "../../value/types.js";
import { sortVersionsNewestFirst } from "../../version/version.js";
import { PackageFailure } from "../failure.js";
import type { WantedPackage } from "../request.js";
import { VersionDefinition } from "./definition.js";

export type InstallChoice =
  | { readonly kind: "install"; readonly definition: VersionDefinition }
  /** Nothing to do, and nothing in Salt's answer. */
  | { readonly kind: "present"; readonly version: string };

/**
 * The version that `pkg.install` takes (salt-reference §7.2). Without a version an installed package is left alone,
 * whatever its version; `latest` means the newest unless the package has a version of that name.
 * @throws PackageFailure for an unknown package or version
 */
export function chooseInstallVersion(
  data: WinrepoData,
  wanted: WantedPackage,
  installed: readonly string[] | undefined,
  force: boolean,
  salt: SaltVersion = defaultSaltVersion,
): InstallChoice {
  const { name } = wanted;
  const versions = knownPackage(data, name);
  const version = versionText(wanted, versions, salt);
  if (!version && installed && !force) return { kind: "present", version: installed.join(",") };
  const newest = () => newestVersion(data, name);
  const chosen = !version || (version === "latest" && !versions.has("latest")) ? newest() : version;
  if (installed?.includes(chosen)) {
    if (!force) return { kind: "present", version: chosen };
    if (!versions.has(chosen)) throw undefinedInstalled(name, chosen, "installed again");
  } else if (!versions.has(chosen)) {
    throw new PackageFailure({
      code: "version-unknown",
      key: "version",
      message: `${name} has no version ${chosen}. ${definedVersions([...versions.keys()].map(str), chosen)}`,
      answer: { "not found": chosen },
    });
  }
  return { kind: "install", definition: definitionOf(versions, name, chosen) };
}

/**
 * The text of a version that was given as a float: the one version of that number where this release of Salt looks for
 * it, else what Python prints (salt-reference §7.2).
 * @throws PackageFailure when several versions are of that number
 */
function versionText({ name, version }: WantedPackage, versions: Dict, salt: SaltVersion): string | undefined {
  if (!(version instanceof PyFloat)) return version;
  const printed = str(version);
  if (!hasFeature(salt, "number-versions")) return printed;
  const alike = [...versions.keys()].map(str).filter((key) => floatOf(key) === version.value);
  if (alike.length < 2) return alike[0] ?? printed;
  throw new PackageFailure({
    code: "version-ambiguous",
    key: "version",
    message: `${name} has several versions of the number ${printed}: ${alike.join(", ")}. Write the version as a text.`,
    answer: { "ambiguous version": printed },
  });
}

function floatOf(text: string): number | undefined {
  try {
    return toFloat(text);
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
}

/** How many versions are versionsShown; some packages have hundreds. */
const versionsShown = 6;

function definedVersions(versions: readonly string[], wanted: string): string {
  const newest = sortVersionsNewestFirst(versions);
  const more = newest.length > versionsShown ? ` and ${newest.length - versionsShown} older ones` : "";
  const near = suggest(wanted, versions);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return `Defined are ${newest.slice(0, versionsShown).join(", ")}${more}.${hint}`;
}

/** The versions of a package. @throws PackageFailure when the database has no such package, or one without versions */
export function knownPackage(data: WinrepoData, name: string): Dict {
  const versions = getPackageInfo(data, name);
  if (versions.size > 0) return versions;
  throw new PackageFailure({
    code: "package-unknown",
    message: `No definition of a package ${name} was found.${nameHint(data, name)} After a change of the definitions, run refresh-db.`,
    answer: `Unable to locate package ${name}`,
  });
}

function nameHint(data: WinrepoData, name: string): string {
  const short = data.nameMap.get(name);
  if (typeof short === "string") return ` That is a full name; ask for the short name ${short}.`;
  const near = suggest(name, [...data.repo.keys()].map(str));
  return near === undefined ? "" : ` Did you mean ${near}?`;
}

export function definitionOf(versions: Dict, name: string, version: string): VersionDefinition {
  const attributes = versions.get(version);
  return new VersionDefinition(name, version, attributes instanceof Dict ? attributes : new Dict());
}

/** Salt looks an installed version up that no definition has: a KeyError that ends the whole call. */
export function undefinedInstalled(name: string, version: string, verb: string): PackageFailure {
  return new PackageFailure({
    code: "installed-version-undefined",
    version,
    key: "version",
    message:
      `${name} ${version} is installed, but no definition has that version, so it cannot be ${verb}. Salt raises a KeyError ` +
      `here and gives up the whole call. Define version '${version}', or a version 'latest' for software that updates itself.`,
    salt: { exception: "KeyError", message: repr(version) },
  });
}
