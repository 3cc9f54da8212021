import type { GitAuth } from "isomorphic-git";
import { withoutSecrets } from "../secrets.js";
import { GitError } from "./git-error.js";
import { gitHttpClient } from "./http-client.js";
import type { Repository } from "./repository.js";
import type { Transport, TransportOptions } from "./transport.js";
import type { ServerRef, Wanted } from "./wanted-ref.js";

/** Git's word for "all of the history". */
const wholeHistory = 0x7fffffff;

/** http(s) remotes, with isomorphic-git: no git program is needed. */
export class HttpTransport implements Transport {
  #asked: GitAuth | undefined;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  async refs(): Promise<readonly ServerRef[]> {
    const { git } = await import("./lazy-isomorphic-git.js");
    return this.#explained(async () => {
      const refs = await git.listServerRefs({ ...this.#connection(), protocolVersion: 1 });
      return refs.map(({ ref, oid }) => ({ ref, oid }));
    });
  }

  async fetch(repository: Repository, wanted: Wanted): Promise<string> {
    if (wanted.kind === "ref") {
      await this.#explained(() => this.#fetchOne(repository, wanted.ref));
      return repository.commitOf(wanted.oid);
    }
    return this.#fetchCommit(repository, wanted.id);
  }

  async #fetchOne(repository: Repository, ref: string): Promise<void> {
    await repository.git.fetch({
      ...repository.at,
      ...this.#connection(),
      // The commit that lies here is what the server may count on.
      ref: "HEAD",
      remoteRef: ref,
      depth: 1,
      singleBranch: true,
      tags: false,
    });
  }

  /** Not every server hands out a commit by its id: then the whole history is fetched, and it must be in there. */
  async #fetchCommit(repository: Repository, id: string): Promise<string> {
    if (id.length === 40) {
      if (await repository.has(id)) return repository.commitOf(id);
      const isServed = await this.#fetchOne(repository, id).then(
        () => repository.has(id),
        () => false,
      );
      if (isServed) return repository.commitOf(id);
    }
    await this.#explained(() =>
      repository.git.fetch({ ...repository.at, ...this.#connection(), depth: wholeHistory, tags: true }),
    );
    const oid = await repository.git.expandOid({ ...repository.at, oid: id }).catch(() => {
      throw new GitError(`the repository has no branch, tag or commit '${id}'`);
    });
    return repository.commitOf(oid);
  }

  #connection() {
    const { remote, progress, signal } = this.#options;
    return {
      http: gitHttpClient({ verifyTls: remote.sslVerify, ...(signal && { signal }) }),
      url: remote.url,
      headers: {},
      onAuth: () => this.#authenticate(false),
      onAuthFailure: () => this.#authenticate(true),
      onProgress: ({ phase, loaded, total }: { phase: string; loaded: number; total: number }) =>
        progress.report({ message: `${remote.name}: ${phase}`, done: loaded, total }),
    };
  }

  async #authenticate(failed: boolean): Promise<GitAuth> {
    const { remote, askCredentials } = this.#options;
    if (remote.url.startsWith("http://") && !remote.insecureAuth) {
      throw new GitError(
        "the server wants a password, which would travel unencrypted; use https, or allow it with insecure_auth: True",
      );
    }
    if (!failed && remote.password) return { username: remote.user, password: remote.password };
    if (!failed && this.#asked) return this.#asked;
    const known = remote.password === "" ? await askCredentials?.(remote, failed) : undefined;
    if (!known) {
      throw new GitError(
        failed
          ? `the server refuses the user name and password${remote.user ? ` of '${remote.user}'` : ""}`
          : "the server wants a user name and password; set WINREPO_USER and WINREPO_PASSWORD in the environment",
      );
    }
    this.#asked = { username: known.user, password: known.password };
    return this.#asked;
  }

  async #explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      if (error instanceof GitError) throw error;
      throw new GitError(explain(error as Error & { code?: string; data?: { statusCode?: number } }));
    }
  }
}

function explain(error: Error & { code?: string; data?: { statusCode?: number } }): string {
  const status = error.data?.statusCode;
  if (status === 404) return "the server knows no repository there (404)";
  if (status === 403) return "the server does not let this user in (403)";
  if (status !== undefined) return `the server answers ${status}`;
  if (error.code === "SmartHttpError") return "what answers there is no git server, or one without the smart protocol";
  return withoutSecrets(error.message);
}
