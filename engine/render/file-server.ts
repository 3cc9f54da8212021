import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { importSizeLimit } from "../definition/limits.js";
import { ownFolder } from "../own-folder.js";

/** The part of Salt's file server that rendering reads: helper templates and data below the file-server root. */
export interface FileServer {
  /** The text at a path below the root, with `/` and without `..`; undefined when there is none. */
  read(serverPath: string): string | undefined;
}

/** A folder that the file server shows below its root. */
export interface Mount {
  /** Where it is shown: `""` for the root itself, or e.g. `win/repo-ng`. */
  readonly at: string;
  /** The folder on this machine. */
  readonly folder: string;
}

/** Folders on disk, the first that has the file wins. Nothing outside of them is ever read, symbolic links included. */
export class DiskFileServer implements FileServer {
  constructor(private readonly mounts: readonly Mount[]) {}

  read(serverPath: string): string | undefined {
    const parts = serverPath.split("/");
    if (parts.some((part) => part === "" || part === ".." || part.includes("\0") || part.includes("\\")))
      return undefined;
    if (parts.includes(ownFolder)) return undefined;
    for (const { at, folder } of this.mounts) {
      const relative =
        at === "" ? serverPath : serverPath.startsWith(`${at}/`) ? serverPath.slice(at.length + 1) : undefined;
      const text = relative === undefined ? undefined : readInside(folder, relative);
      if (text !== undefined) return text;
    }
    return undefined;
  }
}

function readInside(folder: string, relative: string): string | undefined {
  try {
    const root = realpathSync(folder);
    const file = realpathSync(path.join(root, relative));
    if (!file.startsWith(root + path.sep)) return undefined;
    const status = statSync(file);
    return status.isFile() && status.size <= importSizeLimit ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The mounts of a repository folder that stands alone: shown where a minion has it (`win/repo-ng`, and as the git
 * checkout `win/repo-ng/<name>/_` of current Salt). A folder that already lies in such a tree shows that tree.
 */
export function repositoryMounts(folder: string): Mount[] {
  const absolute = path.resolve(folder);
  const parts = absolute.split(path.sep);
  const index = parts.findLastIndex((part, at) => part === "win" && /^repo(-ng)?$/.test(parts[at + 1] ?? ""));
  if (index > 0) return [{ at: "", folder: parts.slice(0, index).join(path.sep) || path.sep }];
  return [
    { at: "win/repo-ng", folder: absolute },
    { at: `win/repo-ng/${path.basename(absolute)}/_`, folder: absolute },
    { at: "", folder: absolute },
  ];
}
