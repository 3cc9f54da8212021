import { rm } from "node:fs/promises";
import path from "node:path";
import type { GitAuth, HttpClient } from "isomorphic-git";
import { withoutSecrets } from "../secrets.js";
import { packRequest, receivePack } from "./fetch-pack.js";
import { GitError } from "./git-error.js";
import { gitHttpClient } from "./http-client.js";
import { shallowCommits, storePack } from "./pack-store.js";
import type { Repository } from "./repository.js";
import type { Transport, TransportOptions } from "./transport.js";
import type { ServerRef, Wanted } from "./wanted-ref.js";

/** http(s) remotes, with isomorphic-git: no git program is needed. */
export class HttpTransport implements Transport {
  #asked: GitAuth | undefined;
  /** What the server last accepted. */
  #login: GitAuth | undefined;
  #advertised: readonly ServerRef[] = [];
  readonly #client: HttpClient;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
    const { remote, signal, limits } = options;
    this.#client = gitHttpClient({ verifyTls: remote.sslVerify, limits, ...(signal && { signal }) });
  }

  async refs(): Promise<readonly ServerRef[]> {
    const { git } = await import("./lazy-isomorphic-git.js");
    const { url } = this.#options.remote;
    return this.#explained(async () => {
      const refs = await git.listServerRefs({
        http: this.#client,
        url,
        onAuth: () => this.#authenticate(false),
        onAuthFailure: () => this.#authenticate(true),
        protocolVersion: 1,
      });
      this.#advertised = refs.map(({ ref, oid }) => ({ ref, oid }));
      return this.#advertised;
    });
  }

  async fetch(repository: Repository, wanted: Wanted): Promise<string> {
    const haves = [await repository.head()].filter((oid) => oid !== undefined);
    const known = haves.length > 0 && (await repository.has(haves[0]!)) ? haves : [];
    if (wanted.kind === "ref") {
      await this.#explained(() => this.#pack(repository, [wanted.oid], known, 1));
      return repository.commitOf(wanted.oid);
    }
    return this.#fetchCommit(repository, wanted.id, known);
  }

  /** Not every server hands out a commit by its id: then the whole history is fetched, and it must be in there. */
  async #fetchCommit(repository: Repository, id: string, haves: readonly string[]): Promise<string> {
    if (id.length === 40) {
      if (await repository.has(id)) return repository.commitOf(id);
      const isServed = await this.#explained(() => this.#pack(repository, [id], haves, 1)).then(
        () => repository.has(id),
        () => false,
      );
      this.#options.signal?.throwIfAborted();
      if (isServed) return repository.commitOf(id);
    }
    const branches = this.#advertised.filter(({ ref }) => /^refs\/(heads|tags)\//.test(ref) && !ref.endsWith("^{}"));
    if (branches.length > 0) {
      await this.#explained(() =>
        this.#pack(
          repository,
          branches.map(({ oid }) => oid),
          [],
          undefined,
        ),
      );
    }
    const oid = await repository.git.expandOid({ ...repository.at, oid: id }).catch(() => {
      throw new GitError(`the repository has no branch, tag or commit '${id}'`);
    });
    return repository.commitOf(oid);
  }

  /** Fetches objects beside the repository and moves them in when they are whole; no reference is written. */
  async #pack(
    repository: Repository,
    wants: readonly string[],
    haves: readonly string[],
    depth: number | undefined,
  ): Promise<void> {
    const { remote, progress, signal } = this.#options;
    const shallow = await shallowCommits(repository);
    const request = packRequest({ wants, haves, shallow, ...(depth !== undefined && { depth }) });
    const file = path.join(await repository.temporaryFolder(), "fetched.pack");
    try {
      const answer = await receivePack(await this.#post(request), file, (bytes) =>
        progress.report({ message: `${remote.name}: receiving`, done: bytes }),
      );
      await storePack(repository, file, answer, signal);
    } finally {
      await rm(path.dirname(file), { recursive: true, force: true });
    }
  }

  async #post(body: Buffer): Promise<AsyncIterable<Uint8Array>> {
    const url = new URL(this.#options.remote.url);
    const own = url.username ? { username: decoded(url.username), password: decoded(url.password) } : undefined;
    url.username = "";
    url.password = "";
    this.#login ??= own;
    for (let failed = false; ; failed = true) {
      const response = await this.#client.request({
        url: `${url.href.replace(/\/$/, "")}/git-upload-pack`,
        method: "POST",
        headers: {
          "content-type": "application/x-git-upload-pack-request",
          accept: "application/x-git-upload-pack-result",
          ...(this.#login && { Authorization: basic(this.#login) }),
        },
        body: [body] as unknown as AsyncIterableIterator<Uint8Array>,
      });
      if (response.statusCode === 200 && response.body) return response.body;
      if (response.statusCode !== 401 || failed) {
        throw Object.assign(new Error(), { data: { statusCode: response.statusCode } });
      }
      await this.#authenticate(this.#login !== undefined);
    }
  }

  async #authenticate(failed: boolean): Promise<GitAuth> {
    const { remote } = this.#options;
    if (remote.url.startsWith("http://") && !remote.insecureAuth) {
      throw new GitError(
        "the server wants a password, which would travel unencrypted; use https, or allow it with insecure_auth: True",
      );
    }
    this.#login = await this.#loginFor(failed);
    return this.#login;
  }

  async #loginFor(failed: boolean): Promise<GitAuth> {
    const { remote, askCredentials } = this.#options;
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

function basic({ username = "", password = "" }: GitAuth): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
