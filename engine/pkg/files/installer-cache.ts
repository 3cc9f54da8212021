import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { cachePath, fileUrlPath } from "../../fetch/cache-path.js";
import type { FetchOptions, Sources } from "../../fetch/sources.js";
import { splitUrl } from "../../fetch/url.js";
import type { Target } from "../../target/target.js";

/** A URL's copy on the target. */
export interface CachedFile {
  /** Windows path. */
  readonly path: string;
  readonly reused: boolean;
  readonly notes: readonly string[];
}

/** The minion's cache of installers: what Salt's `cp` functions do for win_pkg. */
export interface InstallerCache {
  /** `cp.is_cached`: the place of a copy that is already there, whatever its age. */
  existing(url: string): Promise<string | undefined>;
  /** `cp.cache_file`: caches the file. Undefined where Salt gets an empty path. @throws FetchError, CachePathError */
  file(url: string): Promise<CachedFile | undefined>;
  /** `cp.cache_dir`. @throws FetchError, CachePathError */
  directory(url: string): Promise<void>;
  /** A file on this machine that holds what a URL names: to read a list of checksums. @throws FetchError when it is larger */
  local(url: string, maxBytes: number): Promise<string | undefined>;
  /** Removes a copy that turned out to be wrong, here and there. */
  discard(url: string): Promise<void>;
}

export interface InstallerCacheOptions extends FetchOptions {
  readonly target: Target;
  readonly sources: Sources;
}

/** The cache of a real target: files are fetched to this machine and put at Salt's places there. */
export class TargetCache implements InstallerCache {
  /** Salt asks a server once per run for the same address. */
  readonly #remote = new Map<string, CachedFile>();
  readonly #options: InstallerCacheOptions;

  constructor(options: InstallerCacheOptions) {
    this.#options = options;
  }

  async existing(url: string): Promise<string | undefined> {
    const place = this.#place(url);
    return (await this.#options.target.exists(place)) ? place : undefined;
  }

  async file(url: string): Promise<CachedFile | undefined> {
    const { scheme } = splitUrl(url);
    if (scheme === "file") return { path: fileUrlPath(url), reused: true, notes: [] };
    const known = this.#remote.get(url);
    if (known) return known;
    const path = this.#place(url);
    const fetched = await this.#options.sources.file(url, this.#options);
    if (!fetched) return undefined;
    await this.#put(fetched.file, path);
    const cached = { path, reused: false, notes: fetched.notes };
    if (scheme !== "salt") this.#remote.set(url, cached);
    return cached;
  }

  async directory(url: string): Promise<void> {
    for (const { url: each, file } of await this.#options.sources.directory(url, this.#options)) {
      await this.#put(file, this.#place(each));
    }
  }

  async local(url: string, maxBytes: number): Promise<string | undefined> {
    return (await this.#options.sources.file(url, { ...this.#options, maxBytes }))?.file;
  }

  async discard(url: string): Promise<void> {
    this.#remote.delete(url);
    await this.#options.target.remove(this.#place(url));
    await this.#options.sources.forget(url);
  }

  #place(url: string): string {
    return cachePath(url, this.#options.target.cacheDir, this.#options.saltenv);
  }

  /** A copy that is already there with the same content is left alone: over ssh that saves the whole transfer. */
  async #put(file: string, path: string): Promise<void> {
    const { target, signal } = this.#options;
    if ((await target.exists(path)) && (await target.hash(path, "sha256")) === (await sha256(file))) return;
    await target.put(file, path, signal);
  }
}

type PlannedCacheOptions = Pick<InstallerCacheOptions, "target" | "sources" | "saltenv">;

/** The cache of a dry run: it knows the places, looks whether the file server has the files, and fetches nothing. */
export class PlannedCache implements InstallerCache {
  readonly #options: PlannedCacheOptions;

  constructor(options: PlannedCacheOptions) {
    this.#options = options;
  }

  async existing(url: string): Promise<string | undefined> {
    const place = this.#place(url);
    return (await this.#options.target.exists(place)) ? place : undefined;
  }

  async file(url: string): Promise<CachedFile | undefined> {
    if (splitUrl(url).scheme === "salt" && !(await this.#options.sources.file(url))) return undefined;
    return { path: this.#place(url), reused: splitUrl(url).scheme === "file", notes: [] };
  }

  async directory(url: string): Promise<void> {
    await this.#options.sources.directory(url);
    this.#place(url);
  }

  async local(): Promise<undefined> {
    return undefined;
  }

  async discard(): Promise<void> {}

  #place(url: string): string {
    return cachePath(url, this.#options.target.cacheDir, this.#options.saltenv);
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
