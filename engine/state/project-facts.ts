import type { NamedProject, ProjectFacts } from "../config/project-loader.js";
import { ProjectState } from "./project-state.js";
import { type StateWorld, stateHome } from "./state-home.js";
import { isTrusted } from "./trust.js";

/**
 * What is known of every project on this machine, for `loadProject`.
 * @param trusts whom the person trusts beside those that they said to remember: by an option, or in their editor
 */
export function projectFacts(
  world: StateWorld = { env: process.env },
  trusts: (project: NamedProject) => boolean = () => false,
): ProjectFacts {
  const home = stateHome(world);
  return {
    trusts: (project) => trusts(project) || isTrusted(project, new ProjectState(project.root, world)),
    kept: home === undefined ? [] : [home],
  };
}
