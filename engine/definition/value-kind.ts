import { Bytes, Dict, PyFloat, PySet, Tuple, type Value } from "../value/types.js";

/** What a definition's value is, in the words of the key table. */
export type ValueKind = "string" | "boolean" | "integer" | "float" | "null" | "list" | "mapping" | "bytes";

export function kindOf(value: Value): ValueKind {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number" || typeof value === "bigint") return "integer";
  if (value instanceof PyFloat) return "float";
  if (value instanceof Bytes) return "bytes";
  if (Array.isArray(value) || value instanceof Tuple || value instanceof PySet) return "list";
  return value instanceof Dict ? "mapping" : "null";
}
