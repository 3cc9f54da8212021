import { CachePathError, toBackslashes } from "../../fetch/cache-path.js";
import { FetchError, TruncatedError } from "../../fetch/fetch-error.js";
import { isCachedScheme, splitUrl } from "../../fetch/url.js";
import { hasFeature } from "../../salt-version/features.js";
import { formatSaltVersion, type SaltVersion } from "../../salt-version/salt-version.js";
import { withoutSecrets } from "../../secrets.js";
import { PackageFailure } from "../failure.js";
import type { VersionDefinition } from "../plan/definition.js";
import type { FetchReport } from "../report.js";
import type { InstallerCache } from "./installer-cache.js";

/** Fetches for one version of one package; keeps what was fetched for the report. */
export class PackageFiles {
  readonly fetched: FetchReport[] = [];
  readonly #definition: VersionDefinition;
  readonly #cache: InstallerCache;
  readonly #salt: SaltVersion;
  readonly #announce: (url: string) => void;

  constructor(
    definition: VersionDefinition,
    cache: InstallerCache,
    salt: SaltVersion,
    announce: (url: string) => void,
  ) {
    this.#definition = definition;
    this.#cache = cache;
    this.#salt = salt;
    this.#announce = announce;
  }

  /**
   * The installer's path on the target (salt-reference §7.4). A copy in the cache is used as it is, except for `salt:`
   * and for the version `latest`; what is no URL is used where it is, with nothing expanded.
   */
  async installer(location: string): Promise<string> {
    if (!isCachedScheme(location)) return toBackslashes(location);
    await this.#directoryOf(location);
    const extra = this.#definition.text("cache_file");
    if (extra.startsWith("salt:") && !(await this.#fetch(extra, "cache_file"))) {
      throw this.#missing("cache_file", extra, { "failed to cache cache_file": withoutSecrets(extra) });
    }
    const reusable = this.#definition.version !== "latest" && !location.startsWith("salt:");
    return this.#cached(location, "installer", reusable);
  }

  /**
   * The uninstaller's path (salt-reference §8): whatever is in the cache is used. Local paths are the caller's to
   * expand.
   */
  async uninstaller(location: string, key: string): Promise<string> {
    await this.#directoryOf(location);
    return this.#cached(location, key, true);
  }

  async #cached(location: string, key: string, reusable: boolean): Promise<string> {
    const existing = reusable ? await this.#guard(key, location, () => this.#cache.existing(location)) : undefined;
    if (existing !== undefined) {
      this.fetched.push({ url: withoutSecrets(location), path: existing, reused: true });
      return toBackslashes(existing);
    }
    const path = await this.#fetch(location, key);
    if (path === undefined) throw this.#missing(key, location, { "unable to cache": withoutSecrets(location) });
    return toBackslashes(path);
  }

  async #fetch(url: string, key: string): Promise<string | undefined> {
    this.#announce(url);
    const file = await this.#guard(key, url, () => this.#cache.file(url));
    if (file) {
      const { path, reused, notes } = file;
      this.fetched.push({ url: withoutSecrets(url), path, reused, ...(notes.length > 0 && { notes }) });
    }
    return file?.path;
  }

  /** `cache_dir`: the whole folder of a `salt:` URL. */
  async #directoryOf(location: string): Promise<void> {
    if (!this.#definition.flag("cache_dir", false) || !location.startsWith("salt:")) return;
    const folder = location.slice(0, location.lastIndexOf("/"));
    this.#announce(`${folder}/`);
    await this.#guard("cache_dir", folder, () => this.#cache.directory(folder));
  }

  #missing(key: string, url: string, answer: { [key: string]: string }): PackageFailure {
    const shown = withoutSecrets(url);
    return new PackageFailure({
      code: "download-failed",
      key,
      message:
        splitUrl(url).scheme === "salt"
          ? `There is no file ${shown} in the file roots. Check the path (it is case-sensitive) and the project's fileRoots.`
          : `${shown} gave no file.`,
      answer,
    });
  }

  /** Salt gives up the whole call with a plain text when a download fails; here it is one package's failure. */
  async #guard<T>(key: string, url: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const shown = withoutSecrets(url);
      if (error instanceof FetchError) {
        const unnoticed = error instanceof TruncatedError && !hasFeature(this.#salt, "truncated-downloads");
        const message = unnoticed
          ? `${error.message} Salt ${formatSaltVersion(this.#salt)} does not notice, and would run what has come.`
          : error.message;
        const salt = unnoticed ? {} : { salt: { message: `Failed to cache ${shown}\n${error.salt}` } };
        throw new PackageFailure({ code: "download-failed", key, message, ...salt }, { cause: error });
      }
      if (error instanceof CachePathError) {
        throw new PackageFailure(
          {
            code: "cache-path",
            key,
            message: `${error.message} A minion cannot store it, either: use another address, or put the file on salt://.`,
            salt: { message: `Failed to cache ${shown}` },
          },
          { cause: error },
        );
      }
      throw error;
    }
  }
}
