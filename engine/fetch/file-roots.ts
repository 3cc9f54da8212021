import { existsSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { ownFolder } from "../own-folder.js";
import { withoutSecrets } from "../secrets.js";
import { trimEndOf } from "../trim.js";
import { CachePathError, saltPath } from "./cache-path.js";
import { FetchError } from "./fetch-error.js";
import type { FetchedDirectoryFile } from "./sources.js";

/** A folder that stands for a part of `salt://`. */
export interface SaltMount {
  /** Where it is shown: `""` for the root, or e.g. `win/repo-ng`. */
  readonly at: string;
  /** The folder on this machine. */
  readonly folder: string;
}

/** `salt://` as folders on this machine; the first that has the file wins. Nothing outside of them is ever read. */
export class FileRoots {
  readonly #mounts: readonly SaltMount[];
  readonly #saltenv: string;

  constructor(mounts: readonly SaltMount[], saltenv = "base") {
    this.#mounts = mounts;
    this.#saltenv = saltenv;
  }

  /** The file that a URL names; undefined when there is none. @throws CachePathError for paths that lead out */
  file(url: string): string | undefined {
    return this.#find(url, (status) => status.isFile());
  }

  /**
   * All files below a folder, as Salt's `cp.cache_dir` for win_pkg: without what ends like `init.sls`
   * (salt-reference §7.4).
   */
  directory(url: string): FetchedDirectoryFile[] {
    const folder = this.#find(url, (status) => status.isDirectory());
    if (folder === undefined) {
      const shown = withoutSecrets(url);
      throw new FetchError(
        "not-found",
        `There is no folder ${shown} in the file roots, or it has no files.`,
        `Unable to find directory ${shown}`,
      );
    }
    const base = trimEndOf(url, "/");
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/init.sls$/.test(entry.name))
      .filter(({ parentPath }) => !path.relative(folder, parentPath).split(path.sep).includes(ownFolder))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ url: `${base}/${path.relative(folder, file).replaceAll(path.sep, "/")}`, file }));
  }

  #find(url: string, accept: (status: Stats) => boolean): string | undefined {
    const { path: wanted, saltenv } = saltPath(url);
    const parts = wanted.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
    if (parts.includes("..") || wanted.includes("\0")) {
      throw new CachePathError(`${withoutSecrets(url)} leads out of the file roots with \`..\`.`);
    }
    if (parts.includes(ownFolder)) return undefined;
    if (saltenv !== undefined && saltenv !== this.#saltenv) return undefined;
    for (const { at, folder } of this.#mounts) {
      const below = at.split("/").filter((part) => part !== "");
      if (!below.every((part, index) => parts[index] === part)) continue;
      const found = inside(folder, parts.slice(below.length));
      if (found !== undefined && accept(statSync(found))) return found;
    }
    return undefined;
  }
}

/** The real path of something in a folder; undefined when it is not there or a link leads out. */
function inside(folder: string, parts: readonly string[]): string | undefined {
  const wanted = path.join(folder, ...parts);
  if (!existsSync(wanted)) return undefined;
  const root = realpathSync(folder);
  const real = realpathSync(wanted);
  return real === root || real.startsWith(root + path.sep) ? real : undefined;
}
