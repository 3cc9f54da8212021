import type { ProjectConfig, TargetConfig } from "../config/project.js";
import { simulatedTarget } from "../config/project-shape.js";

/** The target that is meant when none is named: there in every project without being set up. */
export const defaultTarget: TargetConfig = { name: simulatedTarget, kind: "simulated", settings: {} };

/** All targets of a project: the default one and those of the project file. */
export function knownTargets({ targets }: Partial<Pick<ProjectConfig, "targets">>): TargetConfig[] {
  const own = [...(targets?.values() ?? [])].filter(
    ({ name, kind }) => name !== simulatedTarget || kind === "simulated",
  );
  return own.some(({ name }) => name === defaultTarget.name) ? own : [defaultTarget, ...own];
}
