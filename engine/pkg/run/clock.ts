import { setTimeout as delay } from "node:timers/promises";

/** The time of day and waiting; injected, so that tests need not wait. */
export interface WallClock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: WallClock = {
  now: Date.now,
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, { signal });
  },
};
