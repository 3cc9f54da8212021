import { type ProjectRun, runOnTarget } from "../../pkg/project-run.js";
import { InvocationError } from "../../pkg/request.js";
import { databaseFor } from "../../pkg/target-database.js";
import { type CliIo, UsageError } from "../command.js";
import { projectAt, stateOf } from "../repo/common.js";
import { version } from "../version.js";
import { LiveProgress } from "./live-progress.js";
import type { TargetOptions } from "./options.js";

export interface OnTarget {
  readonly options: TargetOptions & { readonly dryRun?: boolean };
  /** What is done, for others who want to use the target meanwhile; absent when it is only looked at. */
  readonly purpose?: string;
  readonly throwAway?: boolean;
}

/** Does a command's work on the target that its options name, with the definitions of the project around it. */
export async function onTarget<T>(
  { options, purpose, throwAway }: OnTarget,
  io: CliIo,
  work: (run: ProjectRun) => Promise<T>,
): Promise<{ readonly result: T; readonly notes: readonly string[] }> {
  const project = projectAt(io.cwd, io);
  const state = stateOf(project, io);
  const progress = new LiveProgress(io.stderr);
  try {
    return await runOnTarget(
      project,
      {
        ...(options.target !== undefined && { target: options.target }),
        // A dry run only looks, and may do so where nothing can be written.
        ...(purpose !== undefined && !options.dryRun && { purpose }),
        state,
        ...(throwAway && { throwAway }),
        database: (target) =>
          databaseFor(project, target, {
            keep: { version, state },
            host: io.renderHost,
            progress,
            signal: io.signal,
          }),
        progress,
        signal: io.signal,
      },
      async (run) => ({ result: await work(run), notes: run.notes }),
    );
  } catch (error) {
    if (error instanceof InvocationError) throw new UsageError(error.message);
    throw error;
  } finally {
    progress.end();
  }
}
