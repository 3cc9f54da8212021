import type { Progress } from "../../engine/progress.js";
import type { CommandOutcome, PackageArgument, PackageSummary, TargetArgument, TargetSummary } from "../protocol.js";
import type { Project } from "../workspace/projects.js";

/** How far an action is, and whether it is still wanted. */
export interface ActionRun {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What can be done with a project's database and targets. Each rejects with an error whose message a person can read. */
export interface Actions {
  targets(project: Project): readonly TargetSummary[];
  /** The packages of a target's database; none before the first refresh. */
  packages(project: Project, target: string): Promise<readonly PackageSummary[]>;
  refresh(project: Project, argument: TargetArgument, run: ActionRun): Promise<CommandOutcome>;
  install(project: Project, argument: PackageArgument, run: ActionRun): Promise<CommandOutcome>;
  remove(project: Project, argument: PackageArgument, run: ActionRun): Promise<CommandOutcome>;
  list(project: Project, argument: TargetArgument, run: ActionRun): Promise<CommandOutcome>;
}
