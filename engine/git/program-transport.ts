import { chmod, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { GitRemote } from "../config/salt-remotes.js";
import { ProcessError, run } from "../process/run.js";
import { withoutSecrets } from "../secrets.js";
import { discardFolder, makeTemporaryFolder } from "../temporary-folder.js";
import { tooLong } from "./check-pack.js";
import { wholeHistory } from "./fetch-pack.js";
import { GitError } from "./git-error.js";
import type { GitLimits } from "./limits.js";
import { shallowCommits, shallowLines, storePack } from "./pack-store.js";
import type { Repository } from "./repository.js";
import type { Transport, TransportOptions } from "./transport.js";
import type { ServerRef, Wanted } from "./wanted-ref.js";

const fetchedRef = "refs/winrepo/fetched";
/** How git calls a pack that it is receiving; it is told to keep even the smallest packed (`fetch.unpackLimit`). */
const unfinishedPack = /^tmp_/;
/** Set where we are started by a hook of git's: they name another repository. */
const noRepository = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
};
const watchMs = 200;
const timeoutMs = 15 * 60_000;

/**
 * ssh, file and ftp remotes, through the system's git. It fetches into an empty repository of its own: the configuration
 * and hooks of a checkout, which may be a stranger's, never come to its knowledge. What came is moved in as over http.
 */
export class ProgramTransport implements Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  async refs(): Promise<readonly ServerRef[]> {
    const { remote } = this.#options;
    const output = await this.#git(["ls-remote", "--", remote.url]);
    return output
      .split("\n")
      .map((line) => /^([0-9a-f]{40})\t(.+)$/.exec(line.trimEnd()))
      .filter((match) => match !== null)
      .map((match) => ({ oid: match[1] as string, ref: match[2] as string }));
  }

  async fetch(repository: Repository, wanted: Wanted): Promise<string> {
    const { remote, progress } = this.#options;
    progress.report({ message: `${remote.name}: fetching` });
    if (wanted.kind === "ref") {
      await this.#fetchInto(repository, 1, [`+${wanted.ref}:${fetchedRef}`]);
      return repository.commitOf(wanted.oid);
    }
    return this.#fetchCommit(repository, wanted.id);
  }

  async #fetchCommit(repository: Repository, id: string): Promise<string> {
    if (id.length === 40 && !(await repository.has(id))) {
      await this.#fetchInto(repository, 1, [`+${id}:${fetchedRef}`]).catch(() => undefined);
      this.#options.signal?.throwIfAborted();
    }
    if (id.length < 40 || !(await repository.has(id))) {
      await this.#fetchInto(repository, wholeHistory, ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"]);
    }
    const oid = await repository.git.expandOid({ ...repository.at, oid: id }).catch(() => {
      throw new GitError(`the repository has no branch, tag or commit '${id}'`);
    });
    return repository.commitOf(oid);
  }

  async #fetchInto(repository: Repository, depth: number, refspecs: readonly string[]): Promise<void> {
    const { remote, signal } = this.#options;
    const folder = await repository.temporaryFolder();
    try {
      await this.#git(["init", "--quiet", "--bare", "--template=", folder]);
      const fetch = ["fetch", "--quiet", "--no-tags", "--force", "--no-write-fetch-head", `--depth=${depth}`];
      const packs = path.join(folder, "objects/pack");
      await this.#watched(packs, repository.limits, (stop) =>
        this.#git([`--git-dir=${folder}`, ...fetch, "--", remote.url, ...refspecs], stop),
      );
      const pack = (await readdir(packs)).find((name) => name.endsWith(".pack"));
      if (pack === undefined) return;
      const shallow = await shallowLines(folder);
      const unshallow = depth === 1 ? [] : await this.#present(folder, await shallowCommits(repository));
      await storePack(repository, path.join(packs, pack), { shallow, unshallow }, signal);
    } finally {
      await discardFolder(folder);
    }
  }

  /** Those of some commits that came. */
  async #present(folder: string, commits: readonly string[]): Promise<string[]> {
    const answer = await this.#git([`--git-dir=${folder}`, "rev-list", "--all", "--no-object-names"]);
    const known = new Set(answer.split("\n"));
    return commits.filter((commit) => known.has(commit));
  }

  /** Git takes whatever a server sends, so what has come is looked at while it comes. */
  async #watched<T>(packs: string, { packBytes }: GitLimits, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const watch = setInterval(async () => {
      if ((await sizesOf(packs, unfinishedPack)).some((size) => size > packBytes)) stop.abort(tooLong(packBytes));
    }, watchMs);
    try {
      return await work(stop.signal);
    } finally {
      clearInterval(watch);
    }
  }

  async #git(args: readonly string[], stop?: AbortSignal): Promise<string> {
    const { remote } = this.#options;
    const signals = [this.#options.signal, stop].filter((each) => each !== undefined);
    const login = await sshLogin(remote);
    try {
      const result = await run("git", ["-c", "gc.auto=0", "-c", "fetch.unpackLimit=1", ...args], {
        // Not the folder that we stand in: it may be a repository with a configuration of its own.
        cwd: tmpdir(),
        env: { ...noRepository, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...login.env },
        timeoutMs,
        ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      });
      if (result.exitCode === 0) return result.stdout;
      throw new GitError(
        result.timedOut ? `git gave no answer within ${timeoutMs / 60_000} minutes` : reason(result.stderr),
      );
    } catch (error) {
      if (error instanceof ProcessError) {
        throw new GitError(`${remote.transport} remotes need the git program: ${error.message}`);
      }
      throw error;
    } finally {
      await login.end();
    }
  }
}

async function sizesOf(folder: string, wanted: RegExp): Promise<number[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => wanted.test(name));
  return Promise.all(
    names.map((name) =>
      stat(path.join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
}

/** What git complained of, in one line. */
function reason(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(Please make sure|and the repository exists|Warning: Permanently)/.test(line));
  const telling = lines.filter((line) => /^(fatal|error|ssh|remote|.*(denied|failed))/i.test(line));
  return (
    withoutSecrets((telling.length > 0 ? telling : lines).slice(0, 3).join("; ")) || "git failed without a message"
  );
}

interface SshLogin {
  readonly env: { readonly [name: string]: string };
  end(): Promise<void>;
}

const noLogin: SshLogin = { env: {}, async end() {} };

/**
 * How ssh logs in: with the configured key alone, and with its passphrase through a program that reads it from its
 * environment, so that it stands in no file and no command line. Without a key, as the user's own ssh does.
 */
async function sshLogin(remote: GitRemote): Promise<SshLogin> {
  if (remote.transport !== "ssh") return noLogin;
  const base = process.env.GIT_SSH_COMMAND || "ssh";
  const key = remote.privkey ? ` -i ${shellWord(path.resolve(remote.privkey))} -o IdentitiesOnly=yes` : "";
  if (!remote.passphrase) {
    return { ...noLogin, env: { GIT_SSH_COMMAND: `${base}${key} -o BatchMode=yes` } };
  }
  const folder = makeTemporaryFolder("ssh");
  const windows = process.platform === "win32";
  const program = path.join(folder, windows ? "answer.cmd" : "answer");
  await writeFile(
    program,
    windows ? "@echo %WINREPO_SSH_ANSWER%\r\n" : '#!/bin/sh\nprintf "%s\\n" "$WINREPO_SSH_ANSWER"\n',
  );
  await chmod(program, 0o700);
  return {
    env: {
      GIT_SSH_COMMAND: `${base}${key} -o NumberOfPasswordPrompts=1`,
      SSH_ASKPASS: program,
      SSH_ASKPASS_REQUIRE: "force",
      DISPLAY: process.env.DISPLAY ?? ":0",
      WINREPO_SSH_ANSWER: remote.passphrase,
    },
    end: () => discardFolder(folder),
  };
}

/** Git hands the ssh command to a shell of its own. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
