import { firstReleases, hasFeature, type SaltFeatureName } from "../salt-version/features.js";
import { formatSaltVersion, type SaltVersion } from "../salt-version/salt-version.js";
import type { Report } from "./report.js";

/**
 * How a finding about a feature reads that not all releases have: a warning with the releases where some of those that
 * are checked for have it and others have not, else an information with the releases that it needs.
 */
export function featureSeverity(
  versions: readonly SaltVersion[],
  feature: SaltFeatureName,
): Required<Pick<Report, "severity">> & { readonly without: string | undefined } {
  const lacking = versions.filter((version) => !hasFeature(version, feature));
  const differs = lacking.length > 0 && lacking.length < versions.length;
  const without = lacking.length > 0 ? `Salt ${lacking.map(formatSaltVersion).join(" and ")}` : undefined;
  return { severity: differs ? "warning" : "information", without };
}

/** `It needs Salt 3007.15 or 3008.0, or a later release of these lines.` */
export function neededReleases(feature: SaltFeatureName): string {
  return `It needs Salt ${firstReleases(feature).replace(/ and (?=[^ ]+$)/, " or ")}, or a later release of these lines.`;
}
