import { builtinProfiles } from "../config/builtin-profiles.js";
import type { Profile } from "../config/profile.js";
import type { ProjectConfig } from "../config/project.js";
import type { Progress } from "../progress.js";
import { DiskFileServer } from "../render/file-server.js";
import { renderDefinition } from "../render/render-definition.js";
import { discoverDefinitions } from "../repo/discover.js";
import { genrepo } from "../repo/genrepo.js";
import { dataRenderer } from "../repo/render-file.js";
import type { Target } from "../target/target.js";
import { type RunDatabase, saltMounts } from "./project-run.js";
import { SourceDefinitions } from "./source/source-definitions.js";

/**
 * The project's definitions as they are now, rendered with the facts of a target: what a refresh on that machine would
 * give. Files with errors are left out, as in Salt, and named.
 */
export async function databaseFor(
  project: ProjectConfig,
  target: Target,
  { progress, signal }: { readonly progress?: Progress; readonly signal?: AbortSignal } = {},
): Promise<RunDatabase> {
  const fileServer = new DiskFileServer(saltMounts(project));
  const { renderer } = project.salt.options;
  const rendering = {
    profile: await profileOf(target, signal),
    fileServer,
    saltenv: project.salt.saltenv,
    ...(typeof renderer === "string" && { renderer }),
  };
  const repository = await genrepo({
    root: project.root,
    render: dataRenderer(rendering),
    fileServer,
    ...(progress && { progress }),
    ...(signal && { signal }),
  });
  const { files } = await discoverDefinitions(project.root, signal ? { signal } : {});
  return {
    data: repository.data(),
    locator: new SourceDefinitions(
      files.map(({ absolute }) => ({ file: absolute })),
      (source, { file }) => renderDefinition(source, { ...rendering, path: file }),
    ),
    notes: leftOut(repository.failedList),
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
  return { ...usual, name: target.name, grains: { ...usual.grains, ...grains } };
}
