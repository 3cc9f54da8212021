import type { Profile } from "../../engine/config/profile.js";
import { knownTargets } from "../../engine/target/known-targets.js";
import type { ActionProject } from "../commands/actions.js";
import type { Selection, TargetSummary } from "../protocol.js";
import type { Project, Projects } from "./projects.js";

/** The profile that previews and hovers show first, and the target that commands act on. */
export class SelectionState {
  #wanted: Partial<Selection> = {};
  readonly #projects: Projects;

  constructor(projects: Projects) {
    this.#projects = projects;
  }

  get targets(): readonly TargetSummary[] {
    return knownTargets(this.#projects.main.config).map(({ name, kind }) => ({ name, kind }));
  }

  /** What is chosen, or what stands in for a choice that does not exist (any more). */
  get current(): Selection {
    const { main } = this.#projects;
    const profiles = main.profiles.map(({ name }) => name);
    const targets = this.targets.map(({ name }) => name);
    return { profile: choose(profiles, this.#wanted.profile), target: choose(targets, this.#wanted.target) };
  }

  /** What commands act on. */
  get actionProject(): ActionProject {
    const { main } = this.#projects;
    const profile = this.profileOf(main, undefined);
    if (!profile) throw new Error("The project has no profile that can be read.");
    return { config: main.config, profile };
  }

  select(choice: Partial<Selection>): Selection {
    this.#wanted = { ...this.#wanted, ...choice };
    return this.current;
  }

  /** The profile of that name in a project; the selected one, else the project's first, when there is none. */
  profileOf(project: Project, name: string | undefined): Profile | undefined {
    const byName = (wanted: string | undefined) => project.profiles.find((profile) => profile.name === wanted);
    return byName(name) ?? byName(this.#wanted.profile) ?? project.profiles[0];
  }
}

function choose(names: readonly string[], wanted: string | undefined): string {
  return names.find((name) => name === wanted) ?? names[0] ?? "";
}
