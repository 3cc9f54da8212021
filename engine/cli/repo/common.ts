import { stat } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { masterProfile } from "../../config/builtin-profiles.js";
import { ProfileError } from "../../config/parse-profile.js";
import type { Profile } from "../../config/profile.js";
import type { ProjectConfig } from "../../config/project.js";
import { describeProjectProblem, type LoadedProject, loadProject } from "../../config/project-loader.js";
import { projectProfile } from "../../config/project-profiles.js";
import { configuredRole, loadSaltConfiguration, type SaltConfiguration, textOption } from "../../config/salt-config.js";
import { UntrustedError } from "../../config/untrusted.js";
import { type GenrepoResult, genrepo } from "../../repo/genrepo.js";
import { databaseName } from "../../repo/locations.js";
import { type ProjectRepository, projectRepository, storedOutcomes } from "../../repo/project-repository.js";
import { repositoryFolder, servedFolders, servedOf } from "../../repo/served-folders.js";
import { projectFacts } from "../../state/project-facts.js";
import { ProjectState } from "../../state/project-state.js";
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
  /** Where Salt writes the database of such a folder. */
  readonly database: string;
  /** The folder as the person may know it. */
  readonly shown: string;
}

/** @throws UsageError when there is no such folder or profile */
export async function openRepository(
  folder: string | undefined,
  options: Pick<RepositoryCliOptions, "profile"> & { readonly legacy?: boolean },
  io: CliIo,
): Promise<OpenRepository> {
  const project = projectAt(folder === undefined ? io.cwd : path.resolve(io.cwd, folder), io);
  const configuration = saltConfigurationOf(project, io);
  const named = folder === undefined ? defaultFolder(project, configuration, options) : path.resolve(io.cwd, folder);
  const status = await stat(named).catch(() => undefined);
  if (!status) throw new UsageError(`${folder ?? named}: no such folder`);
  if (!status.isDirectory())
    throw new UsageError(`${folder ?? named}: a file; name the folder that holds the definitions`);
  const served = options.legacy
    ? { ...servedOf(project, configuration), serverPath: "win/repo" }
    : servedOf(project, configuration);
  const root = repositoryFolder(named, served);
  const profile =
    options.legacy && options.profile === undefined
      ? masterProfile
      : profileNamed(options.profile ?? project.profiles[0] ?? "windows-amd64", project, io.cwd);
  return {
    project,
    profile,
    database: path.join(root, databaseName(textOption(configuration, "winrepo_cachefile"))),
    repository: projectRepository(project, root, profile, {
      mounts: servedFolders(root, served),
      host: io.renderHost,
    }),
    shown: path.relative(io.cwd, root) || ".",
  };
}

/** The runner reads `winrepo_dir`, wherever that is. */
function defaultFolder(
  { root }: ProjectConfig,
  { options }: SaltConfiguration,
  { legacy }: { readonly legacy?: boolean },
): string {
  const folder = legacy ? options.get("winrepo_dir") : undefined;
  return folder && folder.origin.kind !== "default" && typeof folder.value === "string" ? folder.value : root;
}

/** The project that holds in a folder, with what is wrong with its file. */
export function loadedProjectAt(folder: string, io: CliIo): LoadedProject {
  return loadProject(
    folder,
    projectFacts({ env: io.env }, () => io.trustProject ?? false),
  );
}

/**
 * The project that holds in a folder, for a command that uses its settings; what is wrong with its file goes to standard
 * error.
 * @throws UntrustedError when some of them count only in a trusted project
 */
export function projectAt(folder: string, io: CliIo): ProjectConfig {
  const config = shownProjectAt(folder, io);
  if (config.untrusted.length > 0) throw new UntrustedError(config.root, config.untrusted);
  return config;
}

/** The options of Salt that hold for a project. @throws UntrustedError like {@link projectAt} */
export function saltConfigurationOf(
  project: ProjectConfig,
  io: CliIo,
  role = configuredRole(project),
): SaltConfiguration {
  const configuration = loadSaltConfiguration(project, role, io.env);
  if (configuration.untrusted.length > 0) throw new UntrustedError(project.root, configuration.untrusted);
  return configuration;
}

/** Like {@link projectAt}, for a command that only shows or changes what the settings are. */
export function shownProjectAt(folder: string, io: CliIo): ProjectConfig {
  const loaded = loadedProjectAt(folder, io);
  for (const problem of loaded.problems) io.stderr.write(`${describeProjectProblem(loaded, problem, io.cwd)}\n`);
  return loaded.config;
}

/** What is kept of a project. */
export function stateOf(project: ProjectConfig, io: CliIo): ProjectState {
  return new ProjectState(project.root, { env: io.env });
}

/** @throws UsageError when there is no such profile */
export function profileNamed(name: string, project: ProjectConfig, cwd: string): Profile {
  try {
    return projectProfile(project, name, cwd);
  } catch (error) {
    throw error instanceof ProfileError ? new UsageError(error.message) : error;
  }
}

/** genrepo with progress, and with the outcomes of the last run unless `--no-cache` was given. */
export async function buildRepository(
  { project, repository }: OpenRepository,
  options: Pick<RepositoryCliOptions, "cache">,
  io: CliIo,
): Promise<GenrepoResult> {
  const stored = options.cache ? await storedOutcomes(repository, version, stateOf(project, io)) : undefined;
  const progress = new LiveProgress(io.stderr);
  try {
    const { root, renderer, fileServer, isExcluded, kept } = repository;
    const result = await genrepo({
      root,
      renderer,
      fileServer,
      isExcluded,
      kept,
      progress,
      signal: io.signal,
      ...(stored && { cache: stored.cache }),
    });
    for (const note of (await stored?.save()) ?? []) io.stderr.write(`winrepo: ${note}\n`);
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
