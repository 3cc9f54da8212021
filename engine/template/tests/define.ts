import type { Value } from "../../value/types.js";
import type { Args, EvalContext, Kwargs } from "../runtime.js";
import { Signature } from "../signature.js";

/** A test: `value is name(args)`. @throws PyError what Python raises */
export type Test = (context: EvalContext, value: Value, args: Args, kwargs: Kwargs) => boolean;

/** A test that Jinja or Salt writes as a Python function; `definition` is its `def` line. */
export function python(definition: string, body: (context: EvalContext, ...values: Value[]) => boolean): Test {
  const signature = new Signature(definition);
  return (context, value, args, kwargs) => body(context, ...signature.bind([value, ...args], kwargs));
}
