import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { isKept } from "../files/kept.js";
import type { KeptFolders } from "../own-folder.js";
import { compareNames } from "./file-order.js";

/** A file that genrepo looks at. */
export interface DefinitionFile {
  /** Below the repository's folder, with `/`. */
  readonly path: string;
  readonly absolute: string;
}

export interface Discovery {
  /** In the order in which Salt reads them. */
  readonly files: readonly DefinitionFile[];
  /** What was passed over and why, one sentence each. */
  readonly notes: readonly string[];
}

export interface DiscoverOptions {
  /** The runner's walk, which looks into hidden folders too (salt-reference §2.10). */
  readonly hidden?: boolean;
  /** What lies there is no part of the repository. */
  readonly kept?: KeptFolders;
  readonly signal?: AbortSignal;
  /** Called before each folder, by who lets others work meanwhile. */
  readonly pause?: () => Promise<void>;
}

/**
 * The definitions of a repository's folder (salt-reference §2.3): names that end in `.sls`, hidden files too, nothing
 * in hidden folders, no linked folders; nor in node_modules, where editors and linters would walk for long. NTFS gives
 * a minion the names without regard to case, a folder's files before its folders. A hidden folder above `root` hides
 * everything from Salt; here only what lies below `root` counts.
 */
export async function discoverDefinitions(root: string, options: DiscoverOptions = {}): Promise<Discovery> {
  const files: DefinitionFile[] = [];
  const notes: string[] = [];

  async function walk(folder: string, prefix: string): Promise<void> {
    options.signal?.throwIfAborted();
    await options.pause?.();
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      if (prefix === "") throw error;
      notes.push(
        `${prefix.slice(0, -1)}: the folder cannot be read (${(error as Error).message}); Salt passes over it`,
      );
      return;
    }
    const folders: string[] = [];
    for (const entry of entries.sort((a, b) => compareNames(a.name, b.name))) {
      const absolute = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(entry.name);
      else if (entry.name.endsWith(".sls") && !(await isLinkedFolder(entry, absolute))) {
        files.push({ path: prefix + entry.name, absolute });
      } else if (/\.sls$/i.test(entry.name)) {
        notes.push(`${prefix}${entry.name}: Salt reads only names that end in lower-case .sls; rename it`);
      }
    }
    for (const name of folders) {
      if (!options.hidden && name.startsWith(".")) continue;
      if (isKept(root, `${prefix}${name}`, options.kept ?? [])) continue;
      if (name === "node_modules") {
        notes.push(`${prefix}${name}: passed over; a minion would read definitions in it`);
        continue;
      }
      if (name.endsWith(".sls"))
        notes.push(`${prefix}${name}: a folder, no definition; Salt looks for files inside it`);
      await walk(path.join(folder, name), `${prefix}${name}/`);
    }
  }

  await walk(root, "");
  return { files, notes };
}

async function isLinkedFolder(entry: Dirent, absolute: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return false;
  return stat(absolute).then(
    (target) => target.isDirectory(),
    () => false,
  );
}
