import path from "node:path";
import { FileRefused, readRegularFile } from "../files/read-regular-file.js";
import { builtinProfiles } from "./builtin-profiles.js";
import { ProfileError, parseProfile } from "./parse-profile.js";
import type { Profile } from "./profile.js";
import { pathPurposes } from "./project-path.js";
import { asSaltVersion, splitVariant } from "./salt-variants.js";

/**
 * The profile of that name: one of `known` (the project's own), a built-in one, or a JSON or YAML file below `cwd`; each
 * of them also as another release of Salt, with `@3006.24` behind its name. A file's name without folder and ending becomes the profile's name.
 * @throws ProfileError
 */
export function loadProfile(nameOrFile: string, cwd: string, known: readonly Profile[] = []): Profile {
  const named = [...known, ...builtinProfiles].find((profile) => profile.name === nameOrFile);
  if (named) return named;
  const variant = splitVariant(nameOrFile);
  if (variant) {
    const isBuiltin = builtinProfiles.some(({ name }) => name === variant.base);
    return asSaltVersion(loadProfile(variant.base, cwd, known), variant.saltVersion, !isBuiltin);
  }
  const file = path.resolve(cwd, nameOrFile);
  let text: string;
  try {
    text = readRegularFile(file, pathPurposes.profile).toString("utf8");
  } catch (error) {
    if (error instanceof FileRefused) throw new ProfileError(`profile ${nameOrFile} ${error.message}`);
    const names = [...known, ...builtinProfiles].map((profile) => profile.name).join(", ");
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : (error as Error).message;
    throw new ProfileError(`profile ${nameOrFile}: ${reason}, and no profile of that name (there are ${names})`);
  }
  return parseProfile(text, path.basename(file).replace(/\.(json|ya?ml)$/i, ""), nameOrFile);
}
