import path from "node:path";
import { builtinProfiles } from "../config/builtin-profiles.js";
import type { Profile } from "../config/profile.js";
import type { ProjectConfig } from "../config/project.js";
import type { Progress } from "../progress.js";
import { NotFinished, type RenderHost } from "../render/render-host.js";
import { inProcessHost } from "../repo/disk-file-server.js";
import { genrepo } from "../repo/genrepo.js";
import { projectRepository, storedOutcomes } from "../repo/project-repository.js";
import { repositoryFolder, servedOf } from "../repo/served-folders.js";
import { SourceDefinitions } from "../repo/source-definitions.js";
import type { ProjectState } from "../state/project-state.js";
import type { Target } from "../target/target.js";
import type { RunDatabase } from "./project-run.js";
import { renderWithAnswers } from "./target-answers.js";

export interface DatabaseOptions {
  /** Keeps what files gave for the next run: the version of this program, and where. */
  readonly keep?: { readonly version: string; readonly state: ProjectState };
  /** Where definitions are rendered. */
  readonly host?: RenderHost;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * The project's definitions as they are now, rendered with the facts of a target: what a refresh on that machine would
 * give. Files with errors are left out, as in Salt, and named.
 */
export async function databaseFor(
  project: ProjectConfig,
  target: Target,
  { keep, host = inProcessHost, progress, signal }: DatabaseOptions = {},
): Promise<RunDatabase> {
  const root = repositoryFolder(project.root, servedOf(project));
  const render = async (profile: Profile) => {
    const repository = projectRepository(project, root, profile, { host });
    const stored = keep && (await storedOutcomes(repository, keep.version, keep.state));
    const result = await genrepo({
      root: repository.root,
      kept: repository.kept,
      renderer: repository.renderer,
      fileServer: repository.fileServer,
      ...(stored && { cache: stored.cache }),
      ...(progress && { progress }),
      ...(signal && { signal }),
    });
    await stored?.save();
    return { ...result, repository };
  };
  const { result, profile } = await renderWithAnswers(target, await profileOf(target, signal), render, signal);
  const { repository } = result;
  const { mounts } = repository;
  const { renderer } = project.salt.options;
  const settings = { mounts, saltenv: project.salt.saltenv, ...(typeof renderer === "string" && { renderer }) };
  const definers = new Map(
    [...result.successList].flatMap(([file, names]) => names.map((name) => [name, file] as const)),
  );
  const fileAt = (below: string) => ({ file: path.join(repository.root, below) });
  const filesOf = (name: string) => {
    const definer = definers.get(name);
    return (definer === undefined ? [...result.failedList.keys()] : [definer]).map(fileAt);
  };
  return {
    data: result.data(),
    locator: new SourceDefinitions(filesOf, async (source, { file }) => {
      const rendered = await host.render({ path: file, source }, profile, settings, signal);
      signal?.throwIfAborted();
      return rendered instanceof NotFinished ? undefined : rendered;
    }),
    notes: leftOut(result.failedList),
  };
}

/** How many files with errors are named; the linter names them all. */
const namedFiles = 3;

function leftOut(failed: ReadonlyMap<string, readonly string[]>): string[] {
  const named = [...failed]
    .slice(0, namedFiles)
    .map(([file, messages]) => `${file} is left out: ${messages.join("; ").trim()}`);
  const more = failed.size - named.length;
  return more > 0 ? [...named, `${more} more files are left out; see winrepo lint`] : named;
}

/** The facts of a target: what it says of itself, laid over those of a usual machine of its kind. */
export async function profileOf(target: Target, signal?: AbortSignal): Promise<Profile> {
  const grains = await target.grains(signal);
  const usual = builtinProfiles.find(
    ({ name }) => name === (grains.cpuarch === "x86" ? "windows-x86" : "windows-amd64"),
  );
  if (!usual) throw new Error("the built-in profiles are incomplete");
  const environment = (await target.variables?.()) ?? usual.environment;
  // A minion has no saltenv of its own: the one that is rendered for is another variable.
  const opts = { ...usual.opts, saltenv: null };
  return { ...usual, name: target.name, grains: { ...usual.grains, ...grains }, opts, environment };
}
