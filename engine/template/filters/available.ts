import type { SaltFeatureName } from "../../salt-version/features.js";
import type { SaltRelease } from "../../salt-version/release.js";
import type { Metered } from "../cost.js";
import type { Filter } from "./define.js";
import { filters } from "./index.js";

/** The filters that not every release of Salt has. */
const featureOf: ReadonlyMap<string, SaltFeatureName> = new Map([
  ["from_entries", "entries-filters"],
  ["to_entries", "entries-filters"],
]);

/** What a release of Salt must have for a filter that not every one has. */
export function featureOfFilter(name: string): SaltFeatureName | undefined {
  return featureOf.get(name);
}

/** The filter of that name, if this release of Salt has it. */
export function filterOf(name: string, salt: SaltRelease): Metered<Filter> | undefined {
  const feature = featureOf.get(name);
  return feature === undefined || salt.has(feature) ? filters.get(name) : undefined;
}
