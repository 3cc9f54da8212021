import path from "node:path";
import { collidingRemotes, type GitRemote, type RemoteProblem } from "../config/salt-remotes.js";
import { makeFolder } from "../make-folder.js";
import { type FileLock, takeLock } from "../process/file-lock.js";
import { noProgress, type Progress } from "../progress.js";
import { replaceFile } from "../replace-file.js";
import { withoutSecrets } from "../secrets.js";
import { removeFolders } from "./clean.js";
import { GitError } from "./git-error.js";
import { type GitLimits, gitLimits } from "./limits.js";
import { MadeFolders, smallTextOf } from "./made.js";
import { checkoutOf, type RemoteCheckout, updateRemote } from "./remote-folder.js";
import type { AskCredentials } from "./transport.js";

/** winrepo_remotes with winrepo_dir, or winrepo_remotes_ng with winrepo_dir_ng. */
export interface RemoteList {
  readonly base: string;
  readonly remotes: readonly GitRemote[];
  /** What was wrong with its entries; those with errors are not among `remotes`. */
  readonly problems: readonly RemoteProblem[];
}

export interface UpdateOptions {
  /** In Salt's order: the legacy list, then the present one. */
  readonly lists: readonly RemoteList[];
  /** Asked once with all checkouts that were made for remotes that are no more; without it none is removed. */
  readonly confirmClean?: (folders: readonly string[]) => Promise<boolean>;
  readonly askCredentials?: AskCredentials;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<GitLimits>;
}

export interface RemoteReport {
  /** As configured, without a password that may stand in it. */
  readonly id: string;
  readonly directory: string;
  readonly status: "cloned" | "updated" | "unchanged" | "failed";
  /** Commits before and after. */
  readonly from?: string;
  readonly to?: string;
  readonly written?: number;
  readonly removed?: number;
  /** Files with changes of their own, left as they are. */
  readonly kept?: readonly string[];
  readonly skipped?: readonly string[];
  readonly warnings?: readonly string[];
  /** Why it failed. */
  readonly reason?: string;
}

export interface UpdateReport {
  /** Salt's answer: remote → checkout, of those that could be checked out (salt-reference §10.2). */
  readonly salt: { readonly [id: string]: string };
  readonly remotes: readonly RemoteReport[];
  /** Entries of the configuration that could not be used. */
  readonly refused: readonly RemoteProblem[];
  /** Folders that were removed. */
  readonly cleaned: readonly string[];
}

/**
 * `winrepo.update_git_repos` (salt-reference §10). Remotes that share a folder stop it before anything is touched;
 * otherwise each remote is independent: one that fails is reported with the reason, and the others are updated.
 * @throws GitError for remotes that share a folder
 * @throws LockedError when another run works in one of the folders
 */
export async function updateGitRepos(options: UpdateOptions): Promise<UpdateReport> {
  const { progress = noProgress, signal } = options;
  const lists = options.lists.map((list) => ({
    ...list,
    checkouts: list.remotes.map((one) => checkoutOf(one, list.base)),
  }));
  refuseCollisions(lists.flatMap(({ checkouts }) => checkouts));
  const locks: FileLock[] = [];
  try {
    const bases = [...new Set(lists.filter(({ remotes }) => remotes.length > 0).map(({ base }) => path.resolve(base)))];
    for (const base of bases) {
      const made = new MadeFolders(base);
      await made.open();
      locks.push(takeLock(made.lockFile, "update-git-repos"));
      await made.clear();
    }
    const cleaned = options.confirmClean ? await clean(lists, options.confirmClean) : [];
    const remotes: RemoteReport[] = [];
    for (const { checkouts, base } of lists) {
      for (const place of checkouts) {
        signal?.throwIfAborted();
        progress.report({ message: withoutSecrets(place.remote.id) });
        remotes.push(await reportOn(place, { ...options, progress }));
      }
      if (checkouts.length > 0) await writeRemoteMap(base, checkouts);
    }
    return {
      salt: Object.fromEntries(
        remotes.filter(({ status }) => status !== "failed").map(({ id, directory }) => [id, directory]),
      ),
      remotes,
      refused: lists.flatMap(({ problems }) => problems),
      cleaned,
    };
  } finally {
    for (const lock of locks) lock.release();
  }
}

function refuseCollisions(checkouts: readonly RemoteCheckout[]): void {
  const colliding = collidingRemotes(checkouts);
  if (colliding.length === 0) return;
  const groups = colliding.map(
    (group) => `${group.map(({ remote }) => withoutSecrets(remote.id)).join(" and ")} (${group[0]?.folder})`,
  );
  throw new GitError(
    `these remotes would share a folder: ${groups.join("; ")}. Nothing was touched; ` +
      "give all but one a name of their own with the per-remote parameter 'name'",
  );
}

async function clean(
  lists: readonly {
    readonly base: string;
    readonly checkouts: readonly RemoteCheckout[];
    readonly problems: readonly RemoteProblem[];
  }[],
  confirm: (folders: readonly string[]) => Promise<boolean>,
): Promise<string[]> {
  const cleaned: string[] = [];
  for (const { base, checkouts, problems } of lists) {
    // Which folder an unusable entry means is not known: its checkout might be among the unconfigured.
    if (problems.some(({ severity }) => severity === "error")) continue;
    const names = lists.filter((list) => list.base === base).flatMap((list) => list.checkouts);
    const unconfigured = await new MadeFolders(base).unconfigured(
      [...names, ...checkouts].map(({ remote }) => remote.name),
    );
    if (unconfigured.length === 0 || !(await confirm(unconfigured))) continue;
    await removeFolders(base, unconfigured);
    cleaned.push(...unconfigured);
  }
  return cleaned;
}

async function reportOn(place: RemoteCheckout, options: UpdateOptions & { progress: Progress }): Promise<RemoteReport> {
  const { remote, directory } = place;
  const id = withoutSecrets(remote.id);
  const { progress, signal, askCredentials } = options;
  try {
    makeFolder(place.base);
    const result = await updateRemote(place, {
      remote,
      progress,
      limits: { ...gitLimits, ...options.limits },
      ...(signal && { signal }),
      ...(askCredentials && { askCredentials }),
    });
    const status =
      result.from === undefined
        ? "cloned"
        : result.written.length + result.removed.length > 0 || result.from !== result.commit
          ? "updated"
          : "unchanged";
    return {
      id,
      directory,
      status,
      ...(result.from && { from: result.from }),
      to: result.commit,
      written: result.written.length,
      removed: result.removed.length,
      kept: result.kept,
      skipped: result.skipped,
      warnings: result.warnings,
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { id, directory, status: "failed", reason: withoutSecrets((error as Error).message) };
  }
}

/** Salt's list of which folder belongs to which remote, for people. */
async function writeRemoteMap(base: string, checkouts: readonly RemoteCheckout[]): Promise<void> {
  const file = path.join(base, "remote_map.txt");
  const lines = checkouts.map(({ remote }) => `${remote.name} = ${withoutSecrets(remote.id)}\n`).join("");
  const old = smallTextOf(file);
  if (old.slice(old.indexOf("\n") + 1) === lines) return;
  await replaceFile(file, `# winrepo_remote map as of ${new Date().toISOString()}\n${lines}`, { follow: false });
}
