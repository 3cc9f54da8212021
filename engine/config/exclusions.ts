import { isKept } from "../files/kept.js";
import { pathMatcher } from "./path-glob.js";
import type { ProjectConfig } from "./project.js";

/**
 * The files of a project that no command looks at: those that its file excludes, and what Winrepo keeps.
 * @returns takes a path relative to the project's folder, with `/`
 */
export function projectExclusions(
  project: Pick<ProjectConfig, "root" | "exclude" | "kept">,
): (relative: string) => boolean {
  const isExcluded = pathMatcher(project.exclude);
  return (relative) => isExcluded(relative) || isKept(project.root, relative, project.kept);
}
