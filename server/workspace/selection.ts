import type { Profile } from "../../engine/config/profile.js";
import type { Selection, TargetSummary } from "../protocol.js";
import type { Project, Projects } from "./projects.js";

/** The profile that previews and hovers show first, and the target that commands act on. */
export class SelectionState {
  #wanted: Partial<Selection> = {};
  readonly #projects: Projects;
  readonly #targets: (project: Project) => readonly TargetSummary[];

  constructor(projects: Projects, targets: (project: Project) => readonly TargetSummary[]) {
    this.#projects = projects;
    this.#targets = targets;
  }

  /** What is chosen, or what stands in for a choice that does not exist (any more). */
  get current(): Selection {
    const { main } = this.#projects;
    const profiles = main.profiles.map(({ name }) => name);
    const targets = this.#targets(main).map(({ name }) => name);
    return { profile: choose(profiles, this.#wanted.profile), target: choose(targets, this.#wanted.target) };
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
