import { workOf } from "../value/iterate.js";
import type { Meter } from "../value/meter.js";
import type { Value } from "../value/types.js";

/**
 * What a call of one of our functions costs before it is made. Who puts a function into a table says it, and who calls
 * it charges it.
 *
 * `constant`: looks at a fixed part of its operands. `linear`: goes through its operands a few times, in native code.
 * `each`: does something with each character of theirs. `counted`: as `linear`, and charges by itself what it does
 * beyond that.
 */
export type Cost = "constant" | "linear" | "each" | "counted";

/** A function together with what a call of it costs. */
export interface Metered<Call> {
  readonly cost: Cost;
  readonly call: Call;
}

/** Functions by name. One without a cost does not get in. */
export type MeteredTable<Call> = ReadonlyMap<string, Metered<Call>>;

export function meteredTable<Call>(
  entries: Iterable<readonly [name: string, cost: Cost, call: Call]>,
): MeteredTable<Call> {
  return new Map(Array.from(entries, ([name, cost, call]) => [name, { cost, call }] as const));
}

/** Charges a call that is about to be made. */
export function chargeCall(
  meter: Meter,
  cost: Cost,
  self: Value,
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
): void {
  if (cost === "constant") {
    meter.step();
    return;
  }
  let work = workOf(self);
  for (const argument of args) work += workOf(argument);
  for (const argument of kwargs.values()) work += workOf(argument);
  meter.step(1 + (cost === "each" ? work * eachFactor : work));
}

/** How much longer code of ours takes for a character than native code. */
const eachFactor = 8;
