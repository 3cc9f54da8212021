import { type Profile, saltVersionOf } from "../config/profile.js";
import { hasFeature } from "../salt-version/features.js";
import type { RenderedDefinition } from "./rendered.js";

/**
 * Places where a template could see which Salt it runs on, other than by what the release does: the grains as a whole or
 * under a name that is not written out, the options, all variables.
 */
const readsVersion =
  /saltversion|salt_version|show_full_context|\bopts\b|\bconfig\.|grains\.(?:items|keys|values|copy|ls)\b|\bgrains\b(?!\s*[.[])|\bgrains\s*\[(?!\s*['"])/i;

/**
 * The renderings of one source under profiles that are the same but for the release of Salt: most sources ask nothing
 * that differs, and are rendered once.
 */
export class SharedRenderings {
  readonly #made: { readonly profile: Profile; readonly rendered: RenderedDefinition }[] = [];
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** What the source gives under a profile, when one that was made for another release must be the same. */
  find(profile: Profile): RenderedDefinition | undefined {
    if (profile.base === undefined || readsVersion.test(this.#source)) return undefined;
    const alike = this.#made.find(({ profile: other, rendered }) => {
      if (other.base !== profile.base || rendered.imports.length > 0) return false;
      const [mine, others] = [saltVersionOf(profile), saltVersionOf(other)];
      return rendered.asked.every((feature) => hasFeature(mine, feature) === hasFeature(others, feature));
    });
    return alike && { ...alike.rendered, profile: profile.name };
  }

  add(profile: Profile, rendered: RenderedDefinition): void {
    this.#made.push({ profile, rendered });
  }
}

/** A source under each of some profiles, rendered as often as it must be. */
export function renderShared(
  source: string,
  profiles: readonly Profile[],
  render: (profile: Profile) => RenderedDefinition,
): RenderedDefinition[] {
  const shared = new SharedRenderings(source);
  return profiles.map((profile) => {
    const known = shared.find(profile);
    if (known) return known;
    const rendered = render(profile);
    shared.add(profile, rendered);
    return rendered;
  });
}
