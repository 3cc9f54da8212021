import type { Progress } from "../progress.js";

export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  /** The fileserver environment for `salt://`; default `base`. */
  readonly saltenv?: string;
  /** Whether the server's TLS certificate must be valid; default true. */
  readonly verifyTls?: boolean;
  /** A larger file is refused, also where the fetcher's own limit would let it come. */
  readonly maxBytes?: number;
}

/** A file on this machine that holds what a URL names. */
export interface FetchedFile {
  readonly file: string;
  /** Remarks for the report: redirected to plain http, taken from an earlier download, … */
  readonly notes: readonly string[];
}

export interface FetchedDirectoryFile {
  /** Its own `salt://` URL. */
  readonly url: string;
  readonly file: string;
}

/** Where installers are fetched from. `pkg/` knows only this interface, so that tests can supply their own. */
export interface Sources {
  /**
   * Brings one file to this machine. Undefined where Salt answers with an empty path: nothing of that name at `salt://`.
   * @throws FetchError
   */
  file(url: string, options?: FetchOptions): Promise<FetchedFile | undefined>;
  /**
   * All files below a `salt://` folder, but those whose names end like `init.sls` (salt-reference §7.4).
   * @throws FetchError
   */
  directory(url: string, options?: FetchOptions): Promise<readonly FetchedDirectoryFile[]>;
  /** Drops what is kept of a URL, because it turned out to be wrong: the next time it is fetched anew. */
  forget(url: string): Promise<void>;
}
