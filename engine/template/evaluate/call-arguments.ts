import { iterate } from "../../value/operators.js";
import { Dict, PyError, typeName, type Value } from "../../value/types.js";
import type { Args, Kwargs } from "../runtime.js";

/**
 * Lays `*more` and `**mapping` out behind the plain arguments, as a call in Python does.
 * @throws PyError TypeError
 */
export function expandArguments(
  positional: Value[],
  keywords: Map<string, Value>,
  more: Value | undefined,
  mapping: Value | undefined,
): [Args, Kwargs] {
  if (more !== undefined) positional.push(...iterate(more));
  if (mapping !== undefined) {
    if (!(mapping instanceof Dict)) {
      throw new PyError("TypeError", `argument after ** must be a mapping, not ${typeName(mapping)}`);
    }
    for (const [name, value] of mapping) {
      if (typeof name !== "string") throw new PyError("TypeError", "keywords must be strings");
      if (keywords.has(name)) {
        throw new PyError("TypeError", `got multiple values for keyword argument '${name}'`);
      }
      keywords.set(name, value);
    }
  }
  return [positional, keywords];
}
