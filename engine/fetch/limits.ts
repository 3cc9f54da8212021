/** How much a download may cost. */
export interface FetchLimits {
  /** Larger files are refused. */
  readonly maxBytes: number;
  /** A server that sends nothing for so long is given up. */
  readonly idleTimeoutMs: number;
  /** The whole download, retries included. */
  readonly totalTimeoutMs: number;
  readonly maxRedirects: number;
  /** How often a broken connection is taken up again. */
  readonly attempts: number;
}

export const defaultFetchLimits: FetchLimits = {
  maxBytes: 16 * 1024 ** 3,
  idleTimeoutMs: 60_000,
  totalTimeoutMs: 2 * 3600_000,
  maxRedirects: 10,
  attempts: 4,
};
