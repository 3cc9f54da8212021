import { stat } from "node:fs/promises";
import { hiddenFolder } from "../config/salt-places.js";
import type { Progress } from "../progress.js";
import type { FileServer, Mount } from "../render/file-server.js";
import { type GenrepoResult, genrepo } from "./genrepo.js";
import { checkLocalFolder, type RepositoryLocations } from "./locations.js";
import { mergeOutcomes } from "./merge.js";
import type { OutcomeCache } from "./outcome-cache.js";
import type { RepositoryRenderer } from "./repository-renderer.js";
import { type SyncResult, servedDefinitions, syncDefinitions } from "./sync.js";
import { writeWinrepoFile } from "./winrepo-p.js";

export interface RefreshOptions {
  readonly locations: RepositoryLocations;
  readonly cacheDir: string;
  /** Where a minion reads the definitions, when that is a folder whose name somebody chose. */
  readonly walked?: string;
  /** The file server: what stands for `salt://`. */
  readonly mounts: readonly Mount[];
  readonly renderer: RepositoryRenderer;
  readonly fileServer: FileServer;
  readonly cache?: OutcomeCache;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface RefreshResult extends GenrepoResult {
  readonly sync: SyncResult;
  /** winrepo.p. */
  readonly file: string;
}

/**
 * `pkg.refresh_db` for a cache on this machine (salt-reference §2.2): fetches the definitions of the source, makes
 * winrepo.p from them and writes it, also when files failed. When nothing is found at the source the repository is
 * empty, as in Salt, and a note says where it was looked for.
 * @throws RefreshError
 */
export async function refreshDb(options: RefreshOptions): Promise<RefreshResult> {
  const { locations, cacheDir, mounts, renderer, fileServer, cache, progress, signal } = options;
  checkLocalFolder(locations.folder, cacheDir);
  const served = await servedDefinitions(mounts, locations.serverPath, signal);
  const sync = await syncDefinitions(served, locations.folder, signal);
  const hidden = options.walked === undefined ? undefined : hiddenFolder(options.walked);
  const result =
    hidden === undefined
      ? await genrepo({
          root: locations.folder,
          renderer,
          fileServer,
          ...(cache && { cache }),
          ...(progress && { progress }),
          ...(signal && { signal }),
        })
      : { ...mergeOutcomes([]), notes: [], rendered: 0, reused: 0, elapsedMs: 0 };
  await writeWinrepoFile(locations.file, result.winrepo, { follow: false });
  const notes = [...result.notes, ...sync.skipped, ...(locations.note ? [locations.note] : [])];
  if (served.length === 0) notes.push(await nothingServed(mounts, locations.serverPath));
  else if (hidden !== undefined) notes.push(hiddenNote(options.walked ?? "", hidden));
  return { ...result, notes, sync, file: locations.file };
}

async function nothingServed(mounts: readonly Mount[], serverPath: string): Promise<string> {
  const roots = mounts.filter(({ at }) => at === "").map(({ folder }) => folder);
  const where = roots.length > 0 ? ` in ${roots.join(", ")}` : "";
  const elsewhere: string[] = [];
  for (const other of ["win/repo-ng", "win/repo"]) {
    if (other !== serverPath && (await servedDefinitions(mounts, other)).length > 0) elsewhere.push(other);
  }
  const found =
    elsewhere.length > 0
      ? `; there are some at salt://${elsewhere[0]}/: set winrepo_source_dir to that, or move them`
      : "";
  return `there are no definitions at salt://${serverPath}/${where}${found}. Salt says no more than total: 0`;
}

function hiddenNote(folder: string, hidden: string): string {
  return (
    `${folder} lies in '${hidden}', whose name begins with a dot: Salt reads nothing there and says no more than total: 0. ` +
    "Choose another cachedir"
  );
}

/** Seconds since winrepo.p was written; -1 when there is none (salt-reference §2.1). */
export async function databaseAge(file: string, now = Date.now()): Promise<number> {
  const status = await stat(file).catch(() => undefined);
  return status ? (now - status.mtimeMs) / 1000 : -1;
}
