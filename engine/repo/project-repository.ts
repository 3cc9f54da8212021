import { createHash } from "node:crypto";
import { homedir } from "node:os";
import path from "node:path";
import { pathMatcher } from "../config/path-glob.js";
import type { Profile } from "../config/profile.js";
import type { ProjectConfig } from "../config/project.js";
import type { FileServer, Mount } from "../render/file-server.js";
import type { RenderHost } from "../render/render-host.js";
import { DiskFileServer, inProcessHost } from "./disk-file-server.js";
import { OutcomeCache } from "./outcome-cache.js";
import { type RepositoryRenderer, repositoryRenderer } from "./repository-renderer.js";
import { servedFolders } from "./served-folders.js";

/** A folder of definitions as a project sees it: with its file roots, its renderer and its environment. */
export interface ProjectRepository {
  readonly root: string;
  readonly mounts: readonly Mount[];
  readonly fileServer: FileServer;
  readonly renderer: RepositoryRenderer;
  /** Whether the project keeps a file out, by its path below the folder. */
  readonly isExcluded: (path: string) => boolean;
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
  { mounts = servedFolders(root, project.fileRoots), host = inProcessHost }: RepositoryOptions = {},
): ProjectRepository {
  const fileServer = new DiskFileServer(mounts);
  const isExcluded = pathMatcher(project.exclude);
  const below = path.relative(project.root, root);
  const { renderer } = project.salt.options;
  const { saltenv } = project.salt;
  const settings = { mounts, saltenv, ...(typeof renderer === "string" && { renderer }) };
  return {
    root,
    mounts,
    fileServer,
    renderer: repositoryRenderer(host, { profile, settings }),
    isExcluded: (file) => isExcluded(path.join(below, file).split(path.sep).join("/")),
    key: createHash("sha256")
      .update(JSON.stringify([root, profile, settings]))
      .digest("hex"),
  };
}

/**
 * Outcomes of earlier runs, in the user's cache folder; damage or an older version of ours means a fresh start.
 * @param version of this program
 */
export async function storedOutcomes(
  repository: ProjectRepository,
  version: string,
  env: { readonly [name: string]: string | undefined },
): Promise<{ readonly cache: OutcomeCache; save(): Promise<void> }> {
  const file = path.join(cacheHome(env), "winrepo", "genrepo", repository.key.slice(0, 32));
  const cache = await OutcomeCache.load(file, `${version} ${repository.key}`);
  return {
    cache,
    // A cache that cannot be kept costs the next run time, and no more.
    save: () => cache.save(file).catch(() => undefined),
  };
}

function cacheHome(env: { readonly [name: string]: string | undefined }): string {
  if (process.platform === "win32") return env.LOCALAPPDATA ?? path.join(homedir(), "AppData", "Local");
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  return path.join(env.HOME ?? homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
}
