import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { workFolderName } from "./remote-folder.js";

/** Folders that Salt keeps in the base directory, and ours. */
const keptNames: readonly string[] = ["hash", "refs", "links", "work", workFolderName];

/**
 * The folders of a base directory that belong to no configured remote (salt-reference §10.5): what `clean` removes.
 * Loose files, and links, are never among them.
 */
export async function unconfiguredFolders(base: string, names: readonly string[]): Promise<string[]> {
  const entries = await readdir(base, { withFileTypes: true }).catch(() => []);
  const known = new Set([...keptNames, ...names]);
  return entries
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map((entry) => path.join(base, entry.name))
    .sort();
}

/** Removes folders that {@link unconfiguredFolders} found. Each must lie directly in the base directory. */
export async function removeFolders(base: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (path.dirname(path.resolve(folder)) !== path.resolve(base)) throw new Error(`${folder} does not lie in ${base}`);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
