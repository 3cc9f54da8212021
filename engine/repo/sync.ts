import { lstat, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { makeFolder } from "../make-folder.js";
import type { Mount } from "../render/file-server.js";
import { replaceFile } from "../replace-file.js";
import { discoverDefinitions } from "./discover.js";
import { RefreshError } from "./locations.js";
import { readDefinition } from "./read-definition.js";

/** A definition on the file server, and where it lies on this machine. */
export interface ServedDefinition {
  /** Below the source directory, with `/`. */
  readonly path: string;
  readonly absolute: string;
}

/**
 * The `*.sls` files that `cp.cache_dir` would fetch (salt-reference §2.2): everything below the source path but what
 * lies in hidden folders; of two mounts with the same path the first wins.
 */
export async function servedDefinitions(
  mounts: readonly Mount[],
  serverPath: string,
  signal?: AbortSignal,
): Promise<ServedDefinition[]> {
  const found = new Map<string, ServedDefinition>();
  for (const { at, folder, hidden } of mounts) {
    const below = relativeTo(serverPath, at);
    if (below === undefined) continue;
    const root = path.join(folder, below);
    const isFolder = await lstat(root).then(
      (status) => status.isDirectory() || status.isSymbolicLink(),
      () => false,
    );
    if (!isFolder) continue;
    for (const file of (await discoverDefinitions(root, { ...(hidden && { kept: hidden }), ...(signal && { signal }) }))
      .files) {
      if (!found.has(file.path)) found.set(file.path, file);
    }
  }
  return [...found.values()];
}

/** The source path seen from a mount: `win/repo-ng` is `repo-ng` below a mount at `win`. */
function relativeTo(serverPath: string, at: string): string | undefined {
  if (at === "") return serverPath;
  if (serverPath === at) return "";
  return serverPath.startsWith(`${at}/`) ? serverPath.slice(at.length + 1) : undefined;
}

export interface SyncResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files that could not be fetched, and why; Salt logs that and goes on. */
  readonly skipped: readonly string[];
}

/**
 * Makes the cached `.sls` files those of the source. Salt deletes them all and fetches them anew; here what is the same
 * already stays, so that a second run is quick and a kill leaves a folder that works. Other files are not touched,
 * links to folders are not followed.
 * @throws RefreshError when a file that must go cannot be removed
 */
export async function syncDefinitions(
  sources: readonly ServedDefinition[],
  folder: string,
  signal?: AbortSignal,
): Promise<SyncResult> {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new RefreshError(`Failed to create ${(error as Error).message}`);
  }
  const wanted = new Set(sources.map((source) => source.path));
  const removed: string[] = [];
  const failed: string[] = [];
  for (const file of await cachedDefinitions(folder)) {
    if (wanted.has(file)) continue;
    const absolute = path.join(folder, file);
    await rm(absolute, { force: true }).then(
      () => removed.push(file),
      () => failed.push(absolute),
    );
  }
  if (failed.length > 0) throw new RefreshError("Failed to clear one or more winrepo cache files", { failed });

  const written: string[] = [];
  const skipped: string[] = [];
  for (const source of sources) {
    signal?.throwIfAborted();
    const absolute = path.join(folder, source.path);
    const content = await readDefinition(source.absolute).catch((error: Error) => {
      skipped.push(`${source.path} cannot be fetched: ${error.message}`);
    });
    if (!content) continue;
    const old = await readDefinition(absolute).catch(() => undefined);
    if (old?.equals(content)) continue;
    makeFolder(path.dirname(absolute));
    await replaceFile(absolute, content, { fsync: false, follow: false });
    written.push(source.path);
  }
  return { written, removed, unchanged: sources.length - written.length - skipped.length, skipped };
}

/** Every `.sls` below a folder, in hidden folders too: what Salt's wipe reaches. */
async function cachedDefinitions(folder: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(path.join(folder, prefix), { withFileTypes: true })) {
    if (entry.isDirectory()) found.push(...(await cachedDefinitions(folder, `${prefix}${entry.name}/`)));
    else if (entry.name.endsWith(".sls")) found.push(prefix + entry.name);
  }
  return found;
}
