import type { WinrepoData } from "../repo/database.js";
import type { VersionDefinition } from "./definition.js";
import { PackageFailure } from "./failure.js";
import { definitionOf, knownPackage, undefinedInstalled } from "./install-version.js";
import type { WantedPackage } from "./request.js";

/** One installed version to remove, or why it cannot be. */
export type Removal = VersionDefinition | PackageFailure;

/**
 * The definitions whose uninstallers `pkg.remove` runs (spec §8, step 4). Without a version every installed one is
 * removed, by its own definition or by that of `latest`.
 * @throws PackageFailure when the package is unknown, not installed, or the version asked for cannot be removed
 */
export function chooseRemovals(
  data: WinrepoData,
  { name, version }: WantedPackage,
  installed: readonly string[] | undefined,
): readonly Removal[] {
  const versions = knownPackage(data, name);
  if (!installed) {
    throw new PackageFailure({
      code: "not-installed",
      message: `${name} is not installed.`,
      answer: { current: "not installed" },
    });
  }
  if (version === undefined) {
    return installed.map((present) => {
      if (versions.has(present)) return definitionOf(versions, name, present);
      if (versions.has("latest")) return definitionOf(versions, name, "latest");
      return undefinedInstalled(name, present, "removed");
    });
  }
  if (versions.has(version)) {
    if (installed.includes(version)) return [definitionOf(versions, name, version)];
    throw new PackageFailure({
      code: "not-installed",
      message: `${name} ${version} is not installed; installed is ${installed.join(", ")}.`,
      answer: { current: `${version} not installed` },
    });
  }
  if (versions.has("latest")) return [definitionOf(versions, name, "latest")];
  throw new PackageFailure({
    code: "version-unknown",
    key: "version",
    message: `${name} has no definition of version ${version} and none of \`latest\`, so nothing says how to remove it.`,
    answer: { current: `${version} no definition, cannot removed` },
  });
}
