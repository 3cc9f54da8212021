import { createHash } from "node:crypto";
import path from "node:path";
import { projectExclusions } from "../config/exclusions.js";
import type { Profile } from "../config/profile.js";
import type { ProjectConfig } from "../config/project.js";
import type { KeptFolders } from "../own-folder.js";
import type { FileServer, Mount } from "../render/file-server.js";
import type { RenderHost } from "../render/render-host.js";
import { type ProjectState, StateError } from "../state/project-state.js";
import { DiskFileServer, inProcessHost } from "./disk-file-server.js";
import { OutcomeCache } from "./outcome-cache.js";
import { type RepositoryRenderer, repositoryRenderer } from "./repository-renderer.js";
import { servedFolders, servedOf } from "./served-folders.js";

/** A folder of definitions as a project sees it: with its file roots, its renderer and its environment. */
export interface ProjectRepository {
  readonly root: string;
  readonly mounts: readonly Mount[];
  readonly fileServer: FileServer;
  readonly renderer: RepositoryRenderer;
  /** Whether the project keeps a file out, by its path below the folder. */
  readonly isExcluded: (path: string) => boolean;
  /** Folders in it that are no part of it. */
  readonly kept: KeptFolders;
  /** Differs whenever an outcome may differ although the files are the same. */
  readonly key: string;
}

export interface RepositoryOptions {
  /** What stands for `salt://`, where it is not what the project alone says. */
  readonly mounts?: readonly Mount[];
  /** Where the definitions are rendered. */
  readonly host?: RenderHost;
}

export function projectRepository(
  project: ProjectConfig,
  root: string,
  profile: Profile,
  { mounts = servedFolders(root, servedOf(project)), host = inProcessHost }: RepositoryOptions = {},
): ProjectRepository {
  const fileServer = new DiskFileServer(mounts);
  const isExcluded = projectExclusions(project);
  const below = path.relative(project.root, root);
  const { renderer } = project.salt.options;
  const { saltenv } = project.salt;
  const settings = { mounts, saltenv, ...(typeof renderer === "string" && { renderer }) };
  return {
    root,
    mounts,
    fileServer,
    kept: project.kept,
    renderer: repositoryRenderer(host, { profile, settings }),
    isExcluded: (file) => isExcluded(path.join(below, file).split(path.sep).join("/")),
    key: createHash("sha256")
      .update(JSON.stringify([root, profile, settings]))
      .digest("hex"),
  };
}

/**
 * Outcomes of earlier runs, among what is kept of the project; damage or an older version of ours means a fresh start.
 * @param version of this program
 */
export async function storedOutcomes(
  repository: ProjectRepository,
  version: string,
  state: ProjectState,
): Promise<{ readonly cache: OutcomeCache; save(): Promise<readonly string[]> } | undefined> {
  let file: string;
  try {
    file = path.join(state.outcomes, repository.key.slice(0, 32));
  } catch (error) {
    if (error instanceof StateError) return undefined;
    throw error;
  }
  const cache = await OutcomeCache.load(file, `${version} ${repository.key}`);
  return {
    cache,
    /** @returns what the person should be told of the place */
    save: async () => {
      try {
        const notes = state.claim();
        await cache.save(file);
        return notes;
      } catch {
        // A cache that cannot be kept costs the next run time, and no more.
        return [];
      }
    },
  };
}
