import { readFileSync, statSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { KeptFolders } from "../own-folder.js";
import { noProgress, type Progress } from "../progress.js";
import type { FileServer } from "../render/file-server.js";
import { type DefinitionFile, discoverDefinitions } from "./discover.js";
import { type MergedRepository, mergeOutcomes } from "./merge.js";
import { type DefinitionOutcome, limitedOutcome, unreadableOutcome } from "./outcome.js";
import { digestOf, type FileStamp, importDigests, type OutcomeCache } from "./outcome-cache.js";
import { checkReadable, FileTooLarge } from "./read-definition.js";
import { RenderQueue } from "./render-queue.js";
import type { RepositoryRenderer } from "./repository-renderer.js";

export interface GenrepoOptions {
  /** The repository's folder: what a minion has as `win/repo-ng`. */
  readonly root: string;
  readonly renderer: RepositoryRenderer;
  /** Files that the project keeps out, by their path below the folder; a note says so. */
  readonly isExcluded?: (path: string) => boolean;
  /** Folders that are no part of the repository; nothing is said of them. */
  readonly kept?: KeptFolders;
  /** Where imported templates are looked up, to know whether they changed. */
  readonly fileServer?: FileServer;
  /** Outcomes of earlier runs; brought up to date. */
  readonly cache?: OutcomeCache;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface GenrepoResult extends MergedRepository {
  /** What was passed over and why, one sentence each. */
  readonly notes: readonly string[];
  /** How many files were rendered, and how many were as an earlier run had them. */
  readonly rendered: number;
  readonly reused: number;
  readonly elapsedMs: number;
}

/** How long the scan runs before it yields to the event loop. */
const yieldIntervalMs = 25;

/**
 * Renders, checks and merges all definitions of a folder as the minion's `pkg.genrepo` does (salt-reference §2.3–2.8);
 * writes nothing. Rejects only when the folder itself cannot be read or when it is cancelled.
 */
export async function genrepo(options: GenrepoOptions): Promise<GenrepoResult> {
  const started = performance.now();
  const { cache, progress = noProgress, signal } = options;
  const found = await discoverDefinitions(options.root, {
    ...(options.kept && { kept: options.kept }),
    ...(signal && { signal }),
  });
  const files = found.files.filter((file) => !options.isExcluded?.(file.path));
  const excluded = found.files.length - files.length;
  const { outcomes, reused } = await outcomesOf(files, options);
  const inOrder = files.map(({ path }) => [path, outcomes.get(path) as DefinitionOutcome] as const);
  cache?.keepOnly(new Set(files.map((file) => file.path)));
  progress.report({ message: "merging", done: files.length, total: files.length });
  return {
    ...mergeOutcomes(inOrder),
    notes: excluded > 0 ? [...found.notes, excludedNote(excluded)] : found.notes,
    rendered: files.length - reused,
    reused,
    elapsedMs: performance.now() - started,
  };
}

/** The outcome of each file: from an earlier run where nothing changed, rendered otherwise. */
async function outcomesOf(
  files: readonly DefinitionFile[],
  { renderer, fileServer, cache, progress = noProgress, signal }: GenrepoOptions,
): Promise<{ readonly outcomes: ReadonlyMap<string, DefinitionOutcome>; readonly reused: number }> {
  const importDigest = importDigests(fileServer);
  const outcomes = new Map<string, DefinitionOutcome>();
  const rendering = new RenderQueue<Content>(
    renderer,
    (file, loaded, outcome) => {
      outcomes.set(file.path, outcome);
      cache?.remember(file.path, loaded.stamp, loaded.digest, outcome, importDigest);
    },
    signal,
  );
  let reused = 0;
  let nextYield = performance.now() + yieldIntervalMs;
  for (const [index, file] of files.entries()) {
    if (performance.now() > nextYield) {
      signal?.throwIfAborted();
      progress.report({ message: file.path, done: index, total: files.length });
      await nextTurn();
      nextYield = performance.now() + yieldIntervalMs;
    }
    const loaded = load(file, cache, importDigest);
    if ("source" in loaded) await rendering.add(file, loaded);
    else {
      if (loaded.isReused) reused += 1;
      outcomes.set(file.path, loaded.outcome);
    }
  }
  await rendering.finish();
  return { outcomes, reused };
}

interface Content {
  readonly source: Buffer;
  readonly stamp: FileStamp;
  readonly digest: string;
}

/** What is known of a file before it is rendered: its outcome, or its content. */
type Loaded = { readonly outcome: DefinitionOutcome; readonly isReused: boolean } | Content;

/**
 * Reads without waiting: for thousands of small files the way through the thread pool takes longer than the reading.
 */
function load(file: DefinitionFile, cache: OutcomeCache | undefined, importDigest: (path: string) => string): Loaded {
  let stamp: FileStamp;
  let source: Buffer;
  try {
    const status = statSync(file.absolute);
    stamp = { size: status.size, modifiedMs: status.mtimeMs, inode: status.ino };
    const untouched = cache?.byStamp(file.path, stamp, importDigest);
    if (untouched) return { outcome: untouched, isReused: true };
    checkReadable(status);
    source = readFileSync(file.absolute);
  } catch (error) {
    const { message } = error as Error;
    const outcome = error instanceof FileTooLarge ? limitedOutcome(message) : unreadableOutcome(message);
    return { outcome, isReused: false };
  }
  const digest = cache ? digestOf(source) : "";
  const unchanged = cache?.byContent(file.path, stamp, digest, importDigest);
  return unchanged ? { outcome: unchanged, isReused: true } : { source, stamp, digest };
}

function excludedNote(count: number): string {
  const [files, them] = count === 1 ? ["1 file is", "it"] : [`${count} files are`, "them"];
  return `${files} left out as the project file says; a minion would read ${them}`;
}
