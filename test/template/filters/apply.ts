import { toList } from "../../../engine/value/iterate.js";
import { PyIterator } from "../../../engine/value/iterator.js";
import { repr } from "../../../engine/value/repr.js";
import type { Value } from "../../../engine/value/types.js";
import { outcome } from "../../value/meter.js";
import { FakeContext, keywords } from "../context.js";

/** One call of a filter: its name, the value, arguments, keywords, and what Python prints (or raises). */
export type FilterCase = [
  name: string,
  value: Value,
  args: readonly Value[],
  expected: string,
  kwargs?: { readonly [name: string]: Value },
];

/** What the filter gives, as Python prints it; generators as the list of their items. */
export function apply(
  name: string,
  value: Value,
  args: readonly Value[],
  kwargs = {},
  context = new FakeContext(),
): string {
  return outcome(() => {
    const result = context.callFilter(name, value, args, keywords(kwargs));
    return repr(result instanceof PyIterator ? toList(result) : result);
  });
}
