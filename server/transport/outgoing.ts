import { visible } from "../../engine/visible.js";

/**
 * What the editor puts into documents, or names things by: masked, it would damage a file or name nothing. All else is for
 * people to read.
 */
const verbatim: ReadonlySet<string> = new Set([
  "jsonrpc",
  "id",
  "method",
  "token",
  "uri",
  "targetUri",
  "oldUri",
  "newUri",
  "changes",
  "newText",
  "insertText",
  "placeholder",
  "command",
  "arguments",
  "data",
  "target",
  "globPattern",
]);

/**
 * A message to the editor as it leaves: every text for people without secrets, and with control characters that can be
 * seen. The one place of the server where text leaves.
 */
export function outgoing<T>(message: T): T {
  return shown(message) as T;
}

function shown(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, verbatim.has(name) ? part : shown(part)]),
  );
}
