import { hasFeature, type SaltFeatureName } from "./features.js";
import { defaultSaltVersion, type SaltVersion } from "./salt-version.js";

/**
 * The release of Salt that something is done as. It remembers what it was asked: another release that says the same of
 * all of that does the same.
 */
export class SaltRelease {
  readonly version: SaltVersion;
  readonly #asked = new Set<SaltFeatureName>();

  constructor(version: SaltVersion = defaultSaltVersion) {
    this.version = version;
  }

  has(name: SaltFeatureName): boolean {
    this.#asked.add(name);
    return hasFeature(this.version, name);
  }

  get asked(): ReadonlySet<SaltFeatureName> {
    return this.#asked;
  }
}
