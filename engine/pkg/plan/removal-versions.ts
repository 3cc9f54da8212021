import type { WinrepoData } from "../../repo/database.js";
import { str } from "../../value/repr.js";
import { PackageFailure } from "../failure.js";
import type { SaltAnswer } from "../report.js";
import type { WantedPackage } from "../request.js";
import type { VersionDefinition } from "./definition.js";
import { definitionOf, knownPackage, undefinedInstalled } from "./install-version.js";

/** One installed version to remove, or why it cannot be. */
export type Removal = VersionDefinition | PackageFailure;

export type RemovalChoice =
  | { readonly kind: "remove"; readonly removals: readonly Removal[] }
  /** It is not there, and Salt's answer says so. */
  | { readonly kind: "absent"; readonly answer: SaltAnswer; readonly summary: string };

/**
 * The definitions whose uninstallers `pkg.remove` runs (salt-reference §8, step 4). Without a version every installed
 * one is removed, by its own definition or by that of `latest`.
 * @throws PackageFailure when the package is unknown, or nothing says how to remove the version asked for
 */
export function chooseRemovals(
  data: WinrepoData,
  wanted: WantedPackage,
  installed: readonly string[] | undefined,
): RemovalChoice {
  const { name } = wanted;
  const version = wanted.version === undefined ? undefined : str(wanted.version);
  const versions = knownPackage(data, name);
  if (!installed) {
    return { kind: "absent", answer: { current: "not installed" }, summary: `${name} is not installed.` };
  }
  if (version === undefined) {
    const removals = installed.map((present) => {
      if (versions.has(present)) return definitionOf(versions, name, present);
      if (versions.has("latest")) return definitionOf(versions, name, "latest");
      return undefinedInstalled(name, present, "removed");
    });
    return { kind: "remove", removals };
  }
  if (versions.has(version)) {
    if (installed.includes(version)) return { kind: "remove", removals: [definitionOf(versions, name, version)] };
    return {
      kind: "absent",
      answer: { current: `${version} not installed` },
      summary: `${name} ${version} is not installed; installed is ${installed.join(", ")}.`,
    };
  }
  if (versions.has("latest")) return { kind: "remove", removals: [definitionOf(versions, name, "latest")] };
  throw new PackageFailure({
    code: "version-unknown",
    key: "version",
    message: `${name} has no definition of version ${version} and none of \`latest\`, so nothing says how to remove it.`,
    answer: { current: `${version} no definition, cannot removed` },
  });
}
