import type { Json } from "../value/types.js";
import type { Profile } from "./profile.js";
import { loadProfile } from "./profile-loader.js";
import type { ProjectConfig } from "./project.js";
import { minionFileOptions } from "./salt-config.js";
import { saltOption } from "./salt-options.js";

/**
 * A profile as a project uses it: the options of the minion's configuration that the project names, and of its section
 * `salt`, lie under the profile's own. Secrets are left out: no template shall print them here.
 * @throws ProfileError
 */
export function projectProfile(project: ProjectConfig, name: string, cwd: string): Profile {
  const profile = loadProfile(name, cwd, project.ownProfiles);
  const options = Object.entries(projectOptions(project)).filter(([option]) => !saltOption(option)?.secret);
  return options.length === 0 ? profile : { ...profile, opts: { ...Object.fromEntries(options), ...profile.opts } };
}

function projectOptions(project: ProjectConfig): { [name: string]: Json } {
  const { saltenv, options } = project.salt;
  return {
    ...minionFileOptions(project),
    ...options,
    ...(saltenv !== "base" && { saltenv }),
  };
}
