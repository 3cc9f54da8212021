import { withoutSecrets } from "../secrets.js";

/** Why a file could not be had. */
export type FetchFailure =
  | "not-found"
  | "http-status"
  | "network"
  | "tls"
  | "timeout"
  | "too-large"
  | "too-many-redirects"
  | "incomplete"
  | "refused"
  | "unsupported"
  | "disk";

/** A file could not be fetched: where Salt raises MinionError. The message says what happened and what to do. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  /** Salt's wording, e.g. `Error: HTTP 404: Not Found reading /path`. */
  readonly salt: string;

  constructor(
    readonly failure: FetchFailure,
    message: string,
    salt: string,
    options?: ErrorOptions,
  ) {
    super(withoutSecrets(message), options);
    this.salt = withoutSecrets(salt);
  }
}

/** A download that ended before its end. */
export class TruncatedError extends FetchError {
  constructor(
    url: string,
    readonly expected: number,
    readonly received: number,
  ) {
    const shown = withoutSecrets(url);
    const salt = `Failed to download ${shown}: expected ${expected} bytes but received ${received} bytes (truncated download)`;
    super("incomplete", `${shown}: ${received} of ${expected} bytes came.`, salt);
  }
}
