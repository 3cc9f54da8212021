import { findKey } from "../definition/keys.js";
import type { PackageView } from "../definition/model.js";

/** Whether a package is a version that stands at the depth of the package above it, which has nothing below it. */
export function isOutdentedVersion(packages: readonly PackageView[], candidate: PackageView): boolean {
  const above = packages[packages.indexOf(candidate) - 1];
  if (above?.node.value !== null) return false;
  const [first] = candidate.versions;
  return first !== undefined && findKey(first.name) !== undefined;
}
