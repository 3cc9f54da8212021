import type { Profile } from "../../engine/config/profile.js";
import type { ProjectConfig } from "../../engine/config/project.js";
import type { Progress } from "../../engine/progress.js";
import type { CommandOutcome, PackageArgument, PackageSummary, TargetArgument } from "../protocol.js";

/** A project as actions take it: plain data. */
export interface ActionProject {
  readonly config: ProjectConfig;
  /** What definitions are rendered with for targets that say nothing of themselves. */
  readonly profile: Profile;
}

/** How far an action is, and whether it is still wanted. */
export interface ActionRun {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What can be done with a project's database and targets. Each rejects with an error whose message a person can read. */
export interface Actions {
  /** The packages of a target's database; none before the first refresh. */
  packages(project: ActionProject, argument: TargetArgument): Promise<readonly PackageSummary[]>;
  refresh(project: ActionProject, argument: TargetArgument, run: ActionRun): Promise<CommandOutcome>;
  install(project: ActionProject, argument: PackageArgument, run: ActionRun): Promise<CommandOutcome>;
  remove(project: ActionProject, argument: PackageArgument, run: ActionRun): Promise<CommandOutcome>;
  list(project: ActionProject, argument: TargetArgument, run: ActionRun): Promise<CommandOutcome>;
}
