import { statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { LockedError, takeLock } from "../process/file-lock.js";
import { CachePathError, cachePath } from "./cache-path.js";
import { type DownloadFile, downloadFileFor } from "./download-store.js";
import { FetchError } from "./fetch-error.js";
import { FileRoots, type SaltMount } from "./file-roots.js";
import { downloadFtp } from "./ftp.js";
import { type DownloadOptions, downloadHttp, tooLarge } from "./http.js";
import { defaultFetchLimits, type FetchLimits } from "./limits.js";
import type { FetchedDirectoryFile, FetchedFile, FetchOptions, Sources } from "./sources.js";
import { splitUrl } from "./url.js";

export interface FetcherOptions {
  /** Folder of this machine where downloads are kept. */
  readonly store: string;
  /** What stands for `salt://`. */
  readonly mounts: readonly SaltMount[];
  readonly saltenv?: string;
  readonly limits?: Partial<FetchLimits>;
}

/** Fetches `salt:` from the file roots, and http, https and ftp from the network. */
export class Fetcher implements Sources {
  readonly #salt: FileRoots;
  readonly #limits: FetchLimits;
  readonly #options: FetcherOptions;

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#salt = new FileRoots(options.mounts, options.saltenv);
    this.#limits = { ...defaultFetchLimits, ...options.limits };
  }

  async file(url: string, options: FetchOptions = {}): Promise<FetchedFile | undefined> {
    const { scheme } = splitUrl(url);
    // Refuses what can have no place in a cache before anything is fetched.
    cachePath(url, "C:");
    switch (scheme) {
      case "salt": {
        const file = this.#salt.file(url);
        if (file === undefined) return undefined;
        if (statSync(file).size > (options.maxBytes ?? this.#limits.maxBytes)) {
          throw tooLarge(url, options.maxBytes ?? this.#limits.maxBytes);
        }
        return { file, notes: [] };
      }
      case "http":
      case "https":
        return this.#download(url, options, downloadHttp);
      case "ftp":
        return this.#download(url, options, downloadFtp);
      default:
        throw new FetchError(
          "unsupported",
          `${scheme}: addresses are fetched by Salt with credentials of the minion; here they cannot be. Use https or salt.`,
          `Error: Unsupported url scheme reading ${splitUrl(url).path}`,
        );
    }
  }

  async directory(url: string): Promise<readonly FetchedDirectoryFile[]> {
    return this.#salt.directory(url);
  }

  async forget(url: string): Promise<void> {
    if (splitUrl(url).scheme !== "salt") downloadFileFor(this.#options.store, url).discard();
  }

  async #download(
    url: string,
    { signal, progress, verifyTls = true, maxBytes }: FetchOptions,
    transport: (url: string, place: DownloadFile, options: DownloadOptions) => Promise<string[]>,
  ): Promise<FetchedFile> {
    const place = downloadFileFor(this.#options.store, url);
    const limits = { ...this.#limits, maxBytes: Math.min(this.#limits.maxBytes, maxBytes ?? Number.POSITIVE_INFINITY) };
    const time = AbortSignal.timeout(this.#limits.totalTimeoutMs);
    const either = signal ? AbortSignal.any([signal, time]) : time;
    try {
      const lock = await waitForLock(place.lockFile, either);
      try {
        const notes = await transport(url, place, {
          limits,
          verifyTls,
          signal: either,
          ...(progress && { progress }),
        });
        // An earlier call may have fetched it under a higher limit.
        if (statSync(place.file).size > limits.maxBytes) throw tooLarge(url, limits.maxBytes);
        return { file: place.file, notes };
      } finally {
        lock.release();
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!time.aborted || error instanceof FetchError || error instanceof CachePathError) throw error;
      const seconds = this.#limits.totalTimeoutMs / 1000;
      throw new FetchError(
        "timeout",
        `${url} did not come within ${seconds} seconds. What came is kept, and the next run goes on from there.`,
        `Error: Timeout reading ${splitUrl(url).path}`,
        { cause: error },
      );
    }
  }
}

/** Another run may be fetching the same file: it is waited for, not doubled. */
async function waitForLock(file: string, signal: AbortSignal) {
  for (;;) {
    try {
      return takeLock(file, "downloading");
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
    await delay(100, undefined, { signal });
  }
}
