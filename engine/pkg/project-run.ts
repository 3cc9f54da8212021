import type { ProjectConfig } from "../config/project.js";
import type { DefinitionLocator } from "../definition/definition-locator.js";
import { Fetcher } from "../fetch/fetcher.js";
import type { FetchLimits } from "../fetch/limits.js";
import type { Progress } from "../progress.js";
import type { WinrepoData } from "../repo/database.js";
import { servedFolders, servedOf } from "../repo/served-folders.js";
import { readSaltVersion } from "../salt-version/salt-version.js";
import { ProjectState } from "../state/project-state.js";
import { offerOf } from "../target/earlier-machines.js";
import { openTarget } from "../target/open.js";
import { machineSaltVersion } from "../target/salt-version.js";
import type { Target } from "../target/target.js";
import type { PkgContext } from "./context.js";
import type { Journal } from "./run/journal.js";

import { withTargetLock } from "./run/target-lock.js";

/** The definitions that a run works with. */
export interface RunDatabase {
  readonly data: WinrepoData;
  readonly locator?: DefinitionLocator;
  /** Remarks for the person: refreshed because it was old, files that were left out, … */
  readonly notes: readonly string[];
}

export interface ProjectRunOptions {
  /** Name of the target; without one the simulated machine of the project. */
  readonly target?: string;
  /** Work on a copy of the machine that is thrown away. */
  readonly throwAway?: boolean;
  /** What is done to the target, for others who want to use it meanwhile. Absent when it is only looked at. */
  readonly purpose?: string;
  /** What is kept of the project; default: where the process's environment says. */
  readonly state?: ProjectState;
  readonly database: (target: Target) => Promise<RunDatabase>;
  readonly limits?: Partial<FetchLimits>;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** What `work` gets: the context, and notes to show before. */
export interface ProjectRun {
  readonly context: PkgContext;
  readonly notes: readonly string[];
}

/**
 * Opens a project's target and works on it with the project's definitions and files. Whoever changes a target holds it:
 * one run at a time, written down in the target's log.
 * @throws TargetError, LockedError
 */
export async function runOnTarget<T>(
  project: ProjectConfig,
  options: ProjectRunOptions,
  work: (run: ProjectRun) => Promise<T>,
): Promise<T> {
  const state = options.state ?? new ProjectState(project.root);
  // Whoever only looks needs no place to write.
  const changes = options.purpose !== undefined || options.throwAway === true;
  const claimed = changes ? state.claim() : [];
  const target = await openTarget(options.target, {
    projectFolder: project.root,
    state,
    targets: project.targets,
    trusted: project.trusted,
    ...(options.throwAway && { throwAway: true }),
    ...(options.signal && { signal: options.signal }),
  });
  try {
    const offer = target.kind === "simulated" ? offerOf(project, target.name, state) : undefined;
    const known = offer === undefined ? claimed : [...claimed, offer];
    const start = async (journal?: Journal, notes: readonly string[] = []) => {
      const run = await prepare(project, target, { ...options, state }, journal);
      return work({ ...run, notes: [...known, ...notes, ...run.notes] });
    };
    if (options.purpose === undefined || options.throwAway) return await start();
    return await withTargetLock(state.runs(target.name), options.purpose, ({ journal, notes }) =>
      start(journal, notes),
    );
  } finally {
    await target.close();
  }
}

async function prepare(
  project: ProjectConfig,
  target: Target,
  { database, limits, progress, signal, state }: ProjectRunOptions & { readonly state: ProjectState },
  journal?: Journal,
): Promise<ProjectRun> {
  const { data, locator, notes } = await database(target);
  const { saltenv } = project.salt;
  const saltVersion = await machineSaltVersion(target, signal);
  const salt = saltVersion === undefined ? undefined : readSaltVersion(saltVersion)?.version;
  const sources = new Fetcher({
    store: state.downloads,
    mounts: servedFolders(project.root, servedOf(project)),
    saltenv,
    ...(limits && { limits }),
  });
  const context: PkgContext = {
    target,
    repo: data,
    sources,
    saltenv,
    ...(salt && { salt }),
    ...(journal && { journal }),
    ...(locator && { locator }),
    ...(progress && { progress }),
    ...(signal && { signal }),
  };
  return { context, notes };
}
