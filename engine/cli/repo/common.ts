import { stat } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { ProfileError } from "../../config/parse-profile.js";
import type { Profile } from "../../config/profile.js";
import { loadProfile } from "../../config/profile-loader.js";
import type { ProjectConfig } from "../../config/project.js";
import { describeProjectProblem, loadProject } from "../../config/project-loader.js";
import { configuredRole, loadSaltConfiguration } from "../../config/salt-config.js";
import { type GenrepoResult, genrepo } from "../../repo/genrepo.js";
import { type ProjectRepository, projectRepository, storedOutcomes } from "../../repo/project-repository.js";
import { configuredRoots, repositoryFolder, servedFolders } from "../../repo/served-folders.js";
import { type CliIo, UsageError } from "../command.js";
import { LiveProgress } from "../pkg/live-progress.js";
import { version } from "../version.js";

/** Options of every command that reads definitions. */
export interface RepositoryCliOptions {
  readonly profile?: string;
  readonly json?: boolean;
  /** False with `--no-cache`. */
  readonly cache: boolean;
}

export function withRepositoryOptions(command: Command): Command {
  return command
    .option("-p, --profile <name|file>", "the machine to render for (default: the project's first profile)")
    .option("--no-cache", "render every file, also those that did not change")
    .option("--json", "print what Salt returns, and under `winrepo` what is known beyond it");
}

/** A folder that a command works on, with the project around it. */
export interface OpenRepository {
  readonly project: ProjectConfig;
  readonly profile: Profile;
  readonly repository: ProjectRepository;
  /** The folder as the person may know it. */
  readonly shown: string;
}

/** @throws UsageError when there is no such folder or profile */
export async function openRepository(
  folder: string | undefined,
  options: Pick<RepositoryCliOptions, "profile">,
  io: CliIo,
): Promise<OpenRepository> {
  const project = projectAt(folder === undefined ? io.cwd : path.resolve(io.cwd, folder), io);
  const named = folder === undefined ? project.root : path.resolve(io.cwd, folder);
  const status = await stat(named).catch(() => undefined);
  if (!status) throw new UsageError(`${folder ?? named}: no such folder`);
  if (!status.isDirectory())
    throw new UsageError(`${folder ?? named}: a file; name the folder that holds the definitions`);
  const configuration = loadSaltConfiguration(project, configuredRole(project), io.env);
  const roots = configuredRoots(project, configuration) ?? project.fileRoots;
  const root = repositoryFolder(named, roots);
  const profile = profileNamed(options.profile ?? project.profiles[0] ?? "windows-amd64", project, io.cwd);
  return {
    project,
    profile,
    repository: projectRepository(project, root, profile, {
      mounts: servedFolders(root, roots),
      host: io.renderHost,
    }),
    shown: path.relative(io.cwd, root) || ".",
  };
}

/** The project that holds in a folder; what is wrong with its file goes to standard error. */
export function projectAt(folder: string, io: CliIo): ProjectConfig {
  const loaded = loadProject(folder);
  for (const problem of loaded.problems) io.stderr.write(`${describeProjectProblem(loaded, problem, io.cwd)}\n`);
  return loaded.config;
}

/** @throws UsageError when there is no such profile */
export function profileNamed(name: string, project: ProjectConfig, cwd: string): Profile {
  try {
    return loadProfile(name, cwd, project.ownProfiles);
  } catch (error) {
    throw error instanceof ProfileError ? new UsageError(error.message) : error;
  }
}

/** genrepo with progress, and with the outcomes of the last run unless `--no-cache` was given. */
export async function buildRepository(
  { repository }: OpenRepository,
  options: Pick<RepositoryCliOptions, "cache">,
  io: CliIo,
): Promise<GenrepoResult> {
  const stored = options.cache ? await storedOutcomes(repository, version, io.env) : undefined;
  const progress = new LiveProgress(io.stderr);
  try {
    const { root, renderer, fileServer, isExcluded } = repository;
    const result = await genrepo({
      root,
      renderer,
      fileServer,
      isExcluded,
      progress,
      signal: io.signal,
      ...(stored && { cache: stored.cache }),
    });
    await stored?.save();
    return result;
  } finally {
    progress.end();
  }
}

/** How many versions there are in all. */
export function countVersions(repo: Iterable<readonly [unknown, unknown]>): number {
  let versions = 0;
  for (const [, each] of repo) versions += (each as { readonly size: number }).size;
  return versions;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
