import { chmod, lstat, mkdir, readFile, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { tooMuch } from "./check-pack.js";
import { GitError } from "./git-error.js";
import { encodeIndex, type IndexEntry } from "./index-file.js";
import type { Repository, TreeFile } from "./repository.js";

export interface CheckoutResult {
  readonly commit: string;
  /** Files that were written, and files that went. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Files that were changed here and not by the commit: left as they are. */
  readonly kept: readonly string[];
  /** Links and submodules, which are not checked out. */
  readonly skipped: readonly string[];
}

/** In the repository while a checkout is under way: the commits that it and the broken off ones before it lead to, a line each. */
const journalName = "winrepo-checkout";

/**
 * Brings the folder to a commit, in place. Each file is replaced whole; a kill in the middle leaves files of the old and
 * of the new commit side by side, and the next run goes on from there. What was changed here by hand is never lost: it
 * stays when the commit does not touch it, and when it does nothing at all is done.
 * @throws GitError when files that were changed here would have to be overwritten
 */
export async function checkout(repository: Repository, commit: string, signal?: AbortSignal): Promise<CheckoutResult> {
  const journal = path.join(repository.gitFolder, journalName);
  const begun = await readJournal(journal, repository);
  const plan = await makePlan(repository, commit, begun, signal);
  if (plan.conflicts.length > 0) {
    const shown = plan.conflicts.slice(0, 5).join(", ") + (plan.conflicts.length > 5 ? ", …" : "");
    throw new GitError(
      `files that were changed here would be overwritten (${shown}). Nothing was touched; ` +
        `move them out of ${repository.folder} or delete them there, then run this again`,
    );
  }
  signal?.throwIfAborted();
  const { writeFile } = repository.fs.promises;
  // What an earlier run began stays on record until this one is through: its files lie about, and are no one's changes.
  await writeFile(journal, [...new Set([...begun, commit])].join("\n"));
  for (const file of plan.remove) await removeFile(repository.folder, file);
  let bytes = 0;
  for (const file of plan.write) {
    signal?.throwIfAborted();
    const { oid, mode } = plan.target.get(file) as TreeFile;
    const absolute = await placeFor(repository.folder, file);
    const content = await repository.contentOf(oid);
    bytes += content.length;
    // One small object may stand for thousands of files.
    if (bytes > repository.limits.totalBytes) throw tooMuch(repository.limits);
    await writeFile(absolute, content);
    if (mode === "100755" && process.platform !== "win32") await chmod(absolute, 0o755);
  }
  await writeIndex(repository, plan);
  await repository.setHead(commit);
  await rm(journal, { force: true });
  return { commit, written: plan.write, removed: plan.remove, kept: plan.kept, skipped: plan.skipped };
}

interface Plan {
  readonly target: ReadonlyMap<string, TreeFile>;
  readonly write: string[];
  readonly remove: string[];
  readonly kept: string[];
  readonly skipped: string[];
  readonly conflicts: string[];
}

async function makePlan(
  repository: Repository,
  commit: string,
  pending: readonly string[],
  signal?: AbortSignal,
): Promise<Plan> {
  const head = await repository.head();
  const target = await repository.filesOf(commit, signal);
  const current =
    head && (await repository.has(head)) ? await repository.filesOf(head, signal) : new Map<string, TreeFile>();
  const begun: ReadonlyMap<string, TreeFile>[] = [];
  for (const midway of pending) begun.push(await repository.filesOf(midway, signal));
  const oldFolders = foldersOf(current);
  const plan: Plan = { target, write: [], remove: [], kept: [], skipped: [], conflicts: [] };
  for (const file of new Set([current, ...begun, target].flatMap((tree) => [...tree.keys()]))) {
    const [before, after] = [current.get(file), target.get(file)];
    if (after && !isPlainFile(after)) {
      plan.skipped.push(file);
      continue;
    }
    signal?.throwIfAborted();
    const present = await presentAt(repository, file, oldFolders);
    if (present === after?.oid) continue;
    const isOurs = present === undefined || [current, ...begun].some((tree) => tree.get(file)?.oid === present);
    if (isOurs) (after ? plan.write : plan.remove).push(file);
    else if (after?.oid === before?.oid) plan.kept.push(file);
    else plan.conflicts.push(file);
  }
  return plan;
}

function isPlainFile({ mode }: TreeFile): boolean {
  return mode === "100644" || mode === "100755" || mode === "100664";
}

/** What lies at a path: the object id of a file, `other` for what is none, undefined for nothing. */
async function presentAt(
  repository: Repository,
  file: string,
  oldFolders: ReadonlySet<string>,
): Promise<string | undefined> {
  const status = await lstat(path.join(repository.folder, file)).catch(() => undefined);
  if (!status) return undefined;
  if (status.isFile()) return (await repository.oidOfFile(file)) ?? "other";
  // A folder of the old commit is removed where the new one has a file of that name.
  return status.isDirectory() && oldFolders.has(file) ? undefined : "other";
}

/** All folders that lead to files. */
function foldersOf(files: ReadonlyMap<string, TreeFile>): Set<string> {
  const folders = new Set<string>();
  for (const file of files.keys()) {
    for (let folder = path.posix.dirname(file); folder !== "." && !folders.has(folder); ) {
      folders.add(folder);
      folder = path.posix.dirname(folder);
    }
  }
  return folders;
}

/** The commits of the journal that the repository still has. */
async function readJournal(journal: string, repository: Repository): Promise<string[]> {
  const lines = (await readFile(journal, "utf8").catch(() => "")).split("\n");
  const commits: string[] = [];
  for (const line of lines) if (/^[0-9a-f]{40}$/.test(line) && (await repository.has(line))) commits.push(line);
  return commits;
}

async function removeFile(folder: string, file: string): Promise<void> {
  const absolute = path.join(folder, file);
  const status = await lstat(absolute).catch(() => undefined);
  if (!status || status.isDirectory()) return;
  await rm(absolute, { force: true });
  for (let parent = path.dirname(file); parent !== "."; parent = path.dirname(parent)) {
    const gone = await rmdir(path.join(folder, parent)).then(
      () => true,
      () => false,
    );
    if (!gone) return;
  }
}

/** The place of a file, its folders made. Never through a link: that would lead out of the checkout. */
async function placeFor(folder: string, file: string): Promise<string> {
  const parts = file.split("/").slice(0, -1);
  let current = folder;
  for (const part of parts) {
    current = path.join(current, part);
    const status = await lstat(current).catch(() => undefined);
    if (!status) await mkdir(current);
    else if (!status.isDirectory())
      throw new GitError(`${current} is in the way: a folder of that name is to come there`);
  }
  return path.join(folder, file);
}

async function writeIndex(repository: Repository, plan: Plan): Promise<void> {
  const kept = new Set(plan.kept);
  const entries: IndexEntry[] = [];
  for (const [file, { oid, mode }] of plan.target) {
    const stats = kept.has(file) ? undefined : await lstat(path.join(repository.folder, file)).catch(() => undefined);
    entries.push({ path: file, oid, mode: Number.parseInt(mode, 8), ...(stats?.isFile() && { stats }) });
  }
  await repository.fs.promises.writeFile(path.join(repository.gitFolder, "index"), encodeIndex(entries));
}
