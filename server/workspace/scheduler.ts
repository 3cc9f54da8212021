import type { Clock, Timer } from "./workspace.js";

/** Work that has begun can ask whether it is still wanted, and lets messages in between its steps. */
export interface Turn {
  readonly signal: AbortSignal;
  /** Gives the event loop a turn. Rejects when newer work has replaced this one. */
  yieldOrAbort(): Promise<void>;
}

/** Thrown by {@link Turn.yieldOrAbort} when the work is no longer wanted. */
export class StaleError extends Error {
  override readonly name = "StaleError";
}

interface Entry {
  readonly timer: Timer;
  readonly abort: AbortController;
}

/** Delays work per key and drops what newer work of the same key replaces. */
export class Scheduler {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #report: (error: unknown) => void;

  /** @param report takes what a piece of work throws, other than {@link StaleError} */
  constructor(clock: Clock, report: (error: unknown) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** Runs `work` after a pause of `delayMs` in which nothing else was scheduled for `key`. */
  schedule(key: string, delayMs: number, work: (turn: Turn) => Promise<void>): void {
    this.cancel(key);
    const abort = new AbortController();
    const { signal } = abort;
    const yieldOrAbort = async () => {
      await this.#clock.turn();
      if (signal.aborted) throw new StaleError();
    };
    const timer = this.#clock.after(delayMs, async () => {
      try {
        await work({ signal, yieldOrAbort });
      } catch (error) {
        if (!(error instanceof StaleError)) this.#report(error);
      } finally {
        if (this.#entries.get(key)?.abort === abort) this.#entries.delete(key);
      }
    });
    this.#entries.set(key, { timer, abort });
  }

  /** Whether work of a key is waiting or under way. */
  has(key: string): boolean {
    return this.#entries.has(key);
  }

  cancel(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    entry.timer.cancel();
    entry.abort.abort();
    this.#entries.delete(key);
  }

  dispose(): void {
    for (const key of [...this.#entries.keys()]) this.cancel(key);
  }
}
