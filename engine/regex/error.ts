import { PyError } from "../value/types.js";

/** Python's `re.error`: what is wrong with a pattern, and at which character. */
export function patternError(message: string, pattern: readonly string[], position: number | undefined): PyError {
  if (position === undefined) return new PyError("error", message);
  const before = pattern.slice(0, position).join("");
  const where = pattern.includes("\n")
    ? ` (line ${before.split("\n").length}, column ${position - before.lastIndexOf("\n")})`
    : "";
  return new PyError("error", `${message} at position ${position}${where}`);
}
