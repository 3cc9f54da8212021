import path from "node:path";
import type { Profile } from "../config/profile.js";
import type { ProjectConfig } from "../config/project.js";
import { type SaltConfiguration, textOption } from "../config/salt-config.js";
import type { Progress } from "../progress.js";
import type { Mount } from "../render/file-server.js";
import type { RenderHost } from "../render/render-host.js";
import { repositoryLocations } from "../repo/locations.js";
import { projectRepository, storedOutcomes } from "../repo/project-repository.js";
import { type RefreshResult, refreshDb } from "../repo/refresh-db.js";
import { type PushResult, pushToTarget } from "../repo/refresh-target.js";
import { configuredRoots, servedFolders, servedOf } from "../repo/served-folders.js";
import { ProjectState } from "../state/project-state.js";
import { runOnTarget } from "./project-run.js";
import { renderWithAnswers } from "./target-answers.js";
import { profileOf } from "./target-database.js";

export interface ProjectRefreshOptions {
  /** Keep outcomes for the next run, of this version of ours. */
  readonly keep?: string;
  /** What is kept of the project; default: where the process's environment says. */
  readonly state?: ProjectState;
  /** Where definitions are rendered. */
  readonly host?: RenderHost;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Refreshes a cache on this machine with a profile's facts (`pkg.refresh_db`).
 * @param options with `walked`, the folder on another machine that the cache is made for @throws RefreshError
 */
export async function refreshCache(
  project: ProjectConfig,
  configuration: SaltConfiguration,
  profile: Profile,
  cacheDir: string,
  {
    keep,
    host,
    progress,
    signal,
    state = new ProjectState(project.root),
    walked,
  }: ProjectRefreshOptions & { readonly walked?: string } = {},
): Promise<RefreshResult> {
  const locations = repositoryLocations({ ...sourceOptions(project, configuration), cacheDir });
  const mounts = rootsOf(project, configuration);
  const repository = projectRepository(project, project.root, profile, { mounts, ...(host && { host }) });
  const stored = keep === undefined ? undefined : await storedOutcomes(repository, keep, state);
  const isNamed = configuration.options.get("cachedir")?.origin.kind !== "default";
  const result = await refreshDb({
    locations,
    cacheDir,
    ...((walked !== undefined || isNamed) && { walked: walked ?? locations.folder }),
    mounts,
    renderer: repository.renderer,
    fileServer: repository.fileServer,
    ...(progress && { progress }),
    ...(signal && { signal }),
    ...(stored && { cache: stored.cache }),
  });
  await stored?.save();
  return result;
}

/**
 * Refreshes a target's own cache: rendered here with that machine's grains, then copied to it.
 * @throws RefreshError, TargetError, LockedError
 */
export async function refreshTarget(
  project: ProjectConfig,
  configuration: SaltConfiguration,
  targetName: string,
  options: ProjectRefreshOptions = {},
): Promise<{ readonly result: RefreshResult; readonly push: PushResult }> {
  const { progress, signal, state = new ProjectState(project.root) } = options;
  let made: { readonly result: RefreshResult; readonly push: PushResult } | undefined;
  await runOnTarget(
    project,
    {
      target: targetName,
      purpose: "refresh-db",
      state,
      ...(progress && { progress }),
      ...(signal && { signal }),
      async database(target) {
        const mirror = state.refresh(target.name);
        const source = sourceOptions(project, configuration);
        const there = repositoryLocations({ ...source, cacheDir: target.cacheDir }, path.win32);
        const { result } = await renderWithAnswers(
          target,
          await profileOf(target, signal),
          (profile) =>
            refreshCache(project, configuration, profile, mirror, { ...options, state, walked: there.folder }),
          signal,
        );
        const push = await pushToTarget(target, result, path.dirname(result.file), there, {
          ...(progress && { progress }),
          ...(signal && { signal }),
        });
        made = { result, push };
        return { data: result.data(), notes: push.notes };
      },
    },
    async () => undefined,
  );
  if (!made) throw new Error("the target was not opened");
  return made;
}

/** Where Salt's own configuration names file roots, they are all that its minions see. */
function rootsOf(project: ProjectConfig, configuration: SaltConfiguration): Mount[] {
  const served = servedOf(project, configuration);
  if (!configuredRoots(project, configuration)) return servedFolders(project.root, served);
  return served.fileRoots.map((folder) => ({ at: "", folder, hidden: served.kept }));
}

/** Where definitions come from and what the database is called, for `repositoryLocations`. */
export function sourceOptions(project: ProjectConfig, configuration: SaltConfiguration) {
  return {
    saltenv: project.salt.saltenv,
    sourceDir:
      configuration.role === "minion" ? textOption(configuration, "winrepo_source_dir") : "salt://win/repo-ng/",
    cacheFile: textOption(configuration, "winrepo_cachefile"),
  };
}
