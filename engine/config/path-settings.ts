import type { UntrustedSetting } from "./project.js";
import { type NamingProject, type PathPurpose, resolveProjectPath } from "./project-path.js";

/** Resolves the paths of one project, and notes those that do not count without trust. */
export class PathSettings {
  readonly refused: UntrustedSetting[] = [];

  readonly #project: NamingProject;

  constructor(project: NamingProject) {
    this.#project = project;
  }

  resolve(named: string, purpose: PathPurpose, setting: string): string | undefined {
    const resolved = resolveProjectPath(named, purpose, this.#project);
    if (resolved.refusal !== undefined) this.refused.push({ setting, reason: `'${named}' ${resolved.refusal}` });
    return resolved.path;
  }
}
