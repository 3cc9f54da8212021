import { BudgetError } from "../value/types.js";

export { BudgetError };

/**
 * How much one rendering may use. Only what is counted decides, never a clock: a busy machine says what a quiet one does.
 * Real repositories use less than a tenth of each limit; a test holds that.
 */
export interface BudgetLimits {
  /** Evaluated nodes, loop iterations, items looked at by a filter. */
  readonly steps: number;
  /** Characters of output. */
  readonly output: number;
  /** Characters, items and bytes of values made, in total: bounds the memory. */
  readonly size: number;
  /** Nested calls, includes and loops. Python's own limit of frames is 1000. */
  readonly depth: number;
  /** Binary digits of one integer. */
  readonly bits: number;
}

export const defaultLimits: BudgetLimits = {
  steps: 2_000_000,
  output: 5_000_000,
  size: 20_000_000,
  depth: 200,
  bits: 65_536,
};

function shown(limit: number): string {
  return limit.toLocaleString("en-US");
}

/** What one rendering has used so far. Each method throws {@link BudgetError} when its limit is passed. */
export class Budget {
  #steps = 0;
  #size = 0;
  #output = 0;
  #depth = 0;

  constructor(readonly limits: BudgetLimits = defaultLimits) {}

  /** Counts `count` steps of work: call it once per item of a loop, or once with the number of items. */
  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > this.limits.steps) {
      throw new BudgetError(`The template takes more than ${shown(this.limits.steps)} steps to render.`);
    }
  }

  /** Reserves characters, bytes or items *before* a value of that size is made. */
  allocate(size: number): void {
    this.#size += size;
    if (this.#size > this.limits.size) {
      throw new BudgetError(`The template makes values of more than ${shown(this.limits.size)} characters or items.`);
    }
  }

  /** Reserves an integer of so many binary digits before it is made. */
  integer(bits: number): void {
    if (bits > this.limits.bits) {
      throw new BudgetError(`The template makes an integer of more than ${shown(this.limits.bits)} binary digits.`);
    }
    this.allocate(bits >> 3);
  }

  /** Counts characters of output. */
  write(characters: number): void {
    this.#output += characters;
    if (this.#output > this.limits.output) {
      throw new BudgetError(`The template writes more than ${shown(this.limits.output)} characters.`);
    }
  }

  /** Runs `body` one level deeper. */
  nested<T>(body: () => T): T {
    this.#depth += 1;
    try {
      if (this.#depth > this.limits.depth) {
        throw new BudgetError(`The template nests more than ${this.limits.depth} calls, loops or includes.`);
      }
      return body();
    } finally {
      this.#depth -= 1;
    }
  }
}
