import type { Meter } from "../../engine/value/meter.js";
import { PyError } from "../../engine/value/types.js";

/** A meter with limits of its own: what runs away in a test ends as a BudgetError. */
export class TestMeter implements Meter {
  steps = 0;
  size = 0;
  readonly #most: { readonly steps?: number; readonly size?: number };
  constructor(most: { readonly steps?: number; readonly size?: number } = {}) {
    this.#most = most;
  }
  step(count = 1): void {
    this.steps += count;
    if (this.steps > (this.#most.steps ?? 1_000_000)) throw new PyError("BudgetError", "too many steps");
  }
  allocate(size: number): void {
    this.size += size;
    if (this.size > (this.#most.size ?? 10_000_000)) throw new PyError("BudgetError", "too large");
  }
  integer(bits: number): void {
    if (bits > 65_536) throw new PyError("BudgetError", "integer too large");
  }
}

/** What `body` gives, or the error as Python would print it: `TypeError: …`. Other errors are passed on. */
export function outcome<T>(body: () => T): T | string {
  try {
    return body();
  } catch (error) {
    if (error instanceof PyError) return `${error.type}: ${error.message}`;
    throw error;
  }
}
