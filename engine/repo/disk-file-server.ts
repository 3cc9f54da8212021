import { type Dirent, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { importSizeLimit } from "../definition/limits.js";
import { isBelow } from "../files/inside.js";
import { isKept } from "../files/kept.js";
import { readRegularFile } from "../files/read-regular-file.js";
import type { Entries } from "../nearest-path.js";
import type { KeptFolders } from "../own-folder.js";
import type { FileServer, Mount } from "../render/file-server.js";
import { InProcessHost } from "../render/in-process-host.js";
import type { OpenFileServer, Texts } from "../render/render-host.js";
import { checkoutWithout } from "./git-index.js";

/** Folders on disk, the first that has the file wins. Nothing outside of them is ever read, symbolic links included. */
export class DiskFileServer implements FileServer {
  readonly #mounts: readonly Mount[];

  constructor(mounts: readonly Mount[]) {
    this.#mounts = mounts;
  }

  read(serverPath: string): string | undefined {
    const parts = serverPath.split("/");
    if (parts.some((part) => part === "" || part === ".." || part.includes("\0") || part.includes("\\")))
      return undefined;
    for (const { at, folder, hidden = [] } of this.#mounts) {
      const relative =
        at === "" ? serverPath : serverPath.startsWith(`${at}/`) ? serverPath.slice(at.length + 1) : undefined;
      const text = relative === undefined ? undefined : readInside(folder, relative, hidden);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  list = (serverFolder: string): Entries | undefined => {
    const entries = new Map<string, "file" | "folder">();
    for (const { at, folder, hidden = [] } of this.#mounts) {
      // A mount is itself an entry of the folder that it is shown in.
      const above = serverFolder === "" ? "" : `${serverFolder}/`;
      if (at.startsWith(above) && at !== "" && at !== serverFolder)
        entries.set(at.slice(above.length).split("/")[0] ?? "", "folder");
      const relative = relativeTo(at, serverFolder);
      for (const entry of relative === undefined ? [] : listInside(folder, relative)) {
        if (entries.has(entry.name) || isKept(folder, path.join(relative ?? "", entry.name), hidden)) continue;
        entries.set(entry.name, entry.isDirectory() ? "folder" : "file");
      }
    }
    return entries.size > 0 ? entries : undefined;
  };

  pathOf(absolute: string): string | undefined {
    for (const { at, folder } of this.#mounts) {
      const relative = path.relative(folder, absolute).split(path.sep).join("/");
      if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative)) continue;
      return at === "" ? relative : `${at}/${relative}`;
    }
    return undefined;
  }

  checkoutWithout(absolute: string): string | undefined {
    return checkoutWithout(absolute);
  }
}

/** A folder of the file server as seen from a mount; undefined when it lies outside. */
function relativeTo(at: string, serverFolder: string): string | undefined {
  if (at === "" || at === serverFolder) return at === "" ? serverFolder : "";
  return serverFolder.startsWith(`${at}/`) ? serverFolder.slice(at.length + 1) : undefined;
}

function listInside(folder: string, relative: string): Dirent[] {
  try {
    const root = realpathSync(folder);
    const wanted = realpathSync(path.join(root, relative));
    if (wanted !== root && !wanted.startsWith(root + path.sep)) return [];
    return readdirSync(wanted, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readInside(folder: string, relative: string, hidden: KeptFolders): string | undefined {
  try {
    const root = realpathSync(folder);
    const file = realpathSync(path.join(root, relative));
    if (!isBelow(root, file) || isKept(folder, relative, hidden)) return undefined;
    if (isKept(root, path.relative(root, file), hidden)) return undefined;
    return readRegularFile(file, { maxBytes: importSizeLimit, followLinks: false }).toString("utf8");
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

/** A file server that shows some texts in the place of their files. */
export class OverlaidFileServer implements FileServer {
  readonly #texts: Texts;
  readonly #saved: FileServer;
  readonly #mounts: readonly { readonly mount: Mount; readonly onDisk: FileServer }[];

  /** @param onDisk makes the file server of the saved files */
  constructor(texts: Texts, mounts: readonly Mount[], onDisk: (mounts: readonly Mount[]) => FileServer) {
    this.#texts = texts;
    this.#saved = onDisk(mounts);
    this.#mounts = mounts.map((mount) => ({ mount, onDisk: onDisk([mount]) }));
  }

  read(serverPath: string): string | undefined {
    for (const { mount, onDisk } of this.#mounts) {
      const file = fileAt(mount, serverPath);
      const text = (file === undefined ? undefined : this.#texts.get(file)) ?? onDisk.read(serverPath);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  // A text that is not saved yet is no file that a minion could fetch.
  list = (serverFolder: string): Entries | undefined => this.#saved.list?.(serverFolder);

  pathOf(absolute: string): string | undefined {
    return this.#saved.pathOf?.(absolute);
  }

  checkoutWithout(absolute: string): string | undefined {
    return this.#saved.checkoutWithout?.(absolute);
  }
}

/** Where a path of the file server would lie below a mount. */
export function fileAt({ at, folder }: Mount, serverPath: string): string | undefined {
  const prefix = at === "" ? "" : `${at}/`;
  return serverPath.startsWith(prefix) ? path.join(folder, serverPath.slice(prefix.length)) : undefined;
}

/** Folders on disk, with some texts in the place of files. */
export const openDiskFiles: OpenFileServer = (mounts, texts) => {
  const onDisk = (each: readonly Mount[]) => new DiskFileServer(each);
  return texts ? new OverlaidFileServer(texts, mounts, onDisk) : onDisk(mounts);
};

/** Renders on the calling thread, with what lies on this machine's disk. */
export const inProcessHost = new InProcessHost(openDiskFiles);
