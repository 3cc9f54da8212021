import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { builtinProfiles } from "./builtin-profiles.js";
import { ProfileError, parseProfile } from "./parse-profile.js";
import type { Profile } from "./profile.js";

const sizeLimit = 10 * 1024 * 1024;

/**
 * The profile of that name: one of `known` (the project's own), a built-in one, or a JSON or YAML file below `cwd`.
 * A file's name without folder and ending becomes the profile's name.
 * @throws ProfileError
 */
export function loadProfile(nameOrFile: string, cwd: string, known: readonly Profile[] = []): Profile {
  const named = [...known, ...builtinProfiles].find((profile) => profile.name === nameOrFile);
  if (named) return named;
  const file = path.resolve(cwd, nameOrFile);
  let text: string;
  try {
    if (statSync(file).size > sizeLimit) throw new ProfileError(`profile ${nameOrFile}: larger than 10 MB`);
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    const names = [...known, ...builtinProfiles].map((profile) => profile.name).join(", ");
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : (error as Error).message;
    throw new ProfileError(`profile ${nameOrFile}: ${reason}, and no profile of that name (there are ${names})`);
  }
  return parseProfile(text, path.basename(file).replace(/\.(json|ya?ml)$/i, ""), nameOrFile);
}
