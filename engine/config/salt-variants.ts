import { formatSaltVersion, readSaltVersion } from "../salt-version/salt-version.js";
import type { Json } from "../value/types.js";
import type { Profile } from "./profile.js";

/** `windows-amd64@3006.24`: a profile as another release of Salt. */
const variantName = /^(.+)@(\d{4}(?:\.(?:\d+|x))?)$/;

/** The parts of a variant's name; undefined for a name without a version. */
export function splitVariant(name: string): { readonly base: string; readonly saltVersion: string } | undefined {
  const [, base, saltVersion] = variantName.exec(name) ?? [];
  return base === undefined || saltVersion === undefined ? undefined : { base, saltVersion };
}

/** The name of a profile as another release of Salt, for `loadProfile`. */
export function variantOf(name: string, saltVersion: string): string {
  return `${name}@${saltVersion}`;
}

/**
 * A profile as another release of Salt. Its grains name that release where they named one that the profile ran.
 * @param isRecorded whether the grains come from a machine: then they are data, and stay
 */
export function asSaltVersion(profile: Profile, saltVersion: string, isRecorded: boolean): Profile {
  const { version } = readSaltVersion(saltVersion) ?? {};
  const grains: { readonly [name: string]: Json } =
    isRecorded || !version
      ? profile.grains
      : {
          ...profile.grains,
          saltversion: formatSaltVersion(version),
          saltversioninfo: [version.line, version.patch],
        };
  return { ...profile, name: variantOf(profile.name, saltVersion), base: profile.name, saltVersion, grains };
}
