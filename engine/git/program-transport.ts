import { chmod, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { GitRemote } from "../config/salt-remotes.js";
import { ProcessError, run } from "../process/run.js";
import { withoutSecrets } from "../secrets.js";
import { discardFolder, makeTemporaryFolder } from "../temporary-folder.js";
import { beyond } from "./check-pack.js";
import { GitError } from "./git-error.js";
import type { Repository } from "./repository.js";
import type { Transport, TransportOptions } from "./transport.js";
import type { ServerRef, Wanted } from "./wanted-ref.js";

const fetchedRef = "refs/winrepo/fetched";
/** Object id, blank, size, line break. */
const bytesPerLine = 52;
/** How git calls a pack that it is receiving; it is told to keep even the smallest packed (`fetch.unpackLimit`). */
const unfinishedPack = /^tmp_/;
const watchMs = 200;
const timeoutMs = 15 * 60_000;

/** ssh, file and ftp remotes, through the system's git. It only fetches; the checkout is the same as for http. */
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
      await this.#fetchInto(repository, ["--depth=1", "--", remote.url, `+${wanted.ref}:${fetchedRef}`]);
      return repository.commitOf(wanted.oid);
    }
    return this.#fetchCommit(repository, wanted.id);
  }

  /** Git itself takes whatever a server sends; what would be read of it is looked at first. */
  async check(repository: Repository): Promise<void> {
    const { packBytes, objects, listingBytes } = repository.limits;
    const packs = path.join(repository.gitFolder, "objects/pack");
    if ((await sizesOf(packs, /\.pack$/)).some((size) => size > packBytes)) {
      throw beyond(`it holds more than ${packBytes / 1024 ** 2} MB`);
    }
    const lines = await this.#git([
      "-C",
      repository.folder,
      "cat-file",
      "--batch-all-objects",
      "--unordered",
      "--batch-check=%(objectname) %(objectsize)",
    ]);
    if (lines.length > objects * bytesPerLine) throw beyond(`the repository has more than ${objects} objects`);
    for (const [, oid, size] of lines.matchAll(/^([0-9a-f]{40}) (\d+)$/gm)) {
      if (Number(size) > listingBytes) repository.largeObjects.set(oid!, Number(size));
    }
  }

  async #fetchCommit(repository: Repository, id: string): Promise<string> {
    const { url } = this.#options.remote;
    if (id.length === 40 && !(await repository.has(id))) {
      await this.#fetchInto(repository, ["--depth=1", "--", url, `+${id}:${fetchedRef}`]).catch(() => undefined);
    }
    if (id.length < 40 || !(await repository.has(id))) {
      const refspecs = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"];
      await this.#fetchInto(repository, ["--depth=2147483647", "--", url, ...refspecs]);
    }
    const oid = await repository.git.expandOid({ ...repository.at, oid: id }).catch(() => {
      throw new GitError(`the repository has no branch, tag or commit '${id}'`);
    });
    return repository.commitOf(oid);
  }

  /** Git takes whatever a server sends, so what has come is looked at while it comes. */
  async #fetchInto(repository: Repository, args: readonly string[]): Promise<void> {
    const { packBytes } = repository.limits;
    const packs = path.join(repository.gitFolder, "objects/pack");
    const stop = new AbortController();
    const watch = setInterval(async () => {
      const sizes = await sizesOf(packs, unfinishedPack);
      if (sizes.some((size) => size > packBytes)) {
        stop.abort(beyond(`the server sends more than ${packBytes / 1024 ** 2} MB`));
      }
    }, watchMs);
    try {
      const fetch = ["fetch", "--quiet", "--no-tags", "--force", "--no-write-fetch-head", ...args];
      await this.#git(["-C", repository.folder, ...fetch], stop.signal);
    } finally {
      clearInterval(watch);
      if (stop.signal.aborted) await removeUnfinished(packs);
    }
  }

  async #git(args: readonly string[], stop?: AbortSignal): Promise<string> {
    const { remote } = this.#options;
    const signals = [this.#options.signal, stop].filter((each) => each !== undefined);
    const login = await sshLogin(remote);
    try {
      const result = await run("git", ["-c", "gc.auto=0", "-c", "fetch.unpackLimit=1", ...args], {
        env: { GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...login.env },
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

async function removeUnfinished(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => unfinishedPack.test(name));
  for (const name of names) await rm(path.join(folder, name), { force: true });
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
  const folder = await makeTemporaryFolder("ssh");
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
