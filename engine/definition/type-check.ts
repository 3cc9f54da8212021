import type { Value } from "../value/types.js";
import type { TypeMismatch } from "./key.js";
import { findKey } from "./keys.js";
import { kindOf } from "./value-kind.js";

/** Undefined where the value is of an accepted type, or where nobody reads the key; otherwise what Salt does with it. */
export function checkType(name: string, value: Value): TypeMismatch | undefined {
  const key = findKey(name);
  const kind = kindOf(value);
  return key?.types.includes(kind) ? undefined : key?.mismatches[kind];
}
