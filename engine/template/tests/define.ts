import type { Value } from "../../value/types.js";
import { type MeteredTable, meteredTable } from "../cost.js";
import type { Args, EvalContext, Kwargs } from "../runtime.js";
import { Signature } from "../signature.js";

/** A test: `value is name(args)`. @throws PyError what Python raises */
export interface Test {
  (context: EvalContext, value: Value, args: Args, kwargs: Kwargs): boolean;
  /** What may stand in its parentheses, as Python writes it. Undefined where nobody says. */
  readonly parameters?: readonly string[];
}

/** Tests by name. */
export type TestTable = MeteredTable<Test>;

export const testTable = meteredTable<Test>;

/** A test that Jinja or Salt writes as a Python function; `definition` is its `def` line. */
export function python(definition: string, body: (context: EvalContext, ...values: Value[]) => boolean): Test {
  const signature = new Signature(definition);
  const test = (context: EvalContext, value: Value, args: Args, kwargs: Kwargs) =>
    body(context, ...signature.bind([value, ...args], kwargs));
  return Object.assign(test, { parameters: signature.shown.slice(1) });
}
