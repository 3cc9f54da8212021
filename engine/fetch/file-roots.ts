import { existsSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { isBelow } from "../files/inside.js";
import { isKept } from "../files/kept.js";
import type { KeptFolders } from "../own-folder.js";
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
  /** What is not shown of it. */
  readonly hidden?: KeptFolders;
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
    return this.#find(url, (status) => status.isFile())?.place;
  }

  /**
   * All files below a folder, as Salt's `cp.cache_dir` for win_pkg: without what ends like `init.sls`
   * (salt-reference §7.4).
   */
  directory(url: string): FetchedDirectoryFile[] {
    const found = this.#find(url, (status) => status.isDirectory());
    if (found === undefined) {
      const shown = withoutSecrets(url);
      throw new FetchError(
        "not-found",
        `There is no folder ${shown} in the file roots, or it has no files.`,
        `Unable to find directory ${shown}`,
      );
    }
    const base = trimEndOf(url, "/");
    return filesBelow(found.place, found.hidden)
      .sort()
      .map((file) => ({ url: `${base}/${path.relative(found.place, file).replaceAll(path.sep, "/")}`, file }));
  }

  #find(url: string, accept: (status: Stats) => boolean): Found | undefined {
    const { path: wanted, saltenv } = saltPath(url);
    const parts = wanted.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
    if (parts.includes("..") || wanted.includes("\0")) {
      throw new CachePathError(`${withoutSecrets(url)} leads out of the file roots with \`..\`.`);
    }
    if (saltenv !== undefined && saltenv !== this.#saltenv) return undefined;
    for (const { at, folder, hidden = [] } of this.#mounts) {
      const below = at.split("/").filter((part) => part !== "");
      if (!below.every((part, index) => parts[index] === part)) continue;
      const place = inside(folder, parts.slice(below.length), hidden);
      if (place !== undefined && accept(statSync(place))) return { place, hidden };
    }
    return undefined;
  }
}

interface Found {
  readonly place: string;
  readonly hidden: KeptFolders;
}

/** Links are not followed, and what Winrepo keeps is not looked into: it may hold whole machines. */
function filesBelow(folder: string, hidden: KeptFolders): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !isKept(folder, entry.name, hidden))
    .flatMap((entry) => {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(place, hidden);
      return entry.isFile() && !/init.sls$/.test(entry.name) ? [place] : [];
    });
}

/** The real path of something that a folder shows; undefined when it is not there or a link leads out. */
function inside(folder: string, parts: readonly string[], hidden: KeptFolders): string | undefined {
  const wanted = path.join(folder, ...parts);
  if (!existsSync(wanted)) return undefined;
  const root = realpathSync(folder);
  const real = realpathSync(wanted);
  const isShown =
    isBelow(root, real) && !isKept(folder, parts.join("/"), hidden) && !isKept(root, path.relative(root, real), hidden);
  return isShown ? real : undefined;
}
