import { withoutSecrets } from "../secrets.js";
import type { Json } from "../value/types.js";

/** Characters that move the cursor, colour, or turn the reading direction round. */
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A text that somebody else wrote, for a terminal or a page: without secrets, with control characters that can be seen. */
export function visible(text: string): string {
  return withoutSecrets(text).replace(hidden, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The same in all texts of a value. Keys stay as they are. */
export function withoutSecretsIn<T extends Json>(value: T): T {
  const walk = (part: Json): Json => {
    if (typeof part === "string") return withoutSecrets(part);
    if (Array.isArray(part)) return part.map(walk);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item)]));
  };
  return walk(value) as T;
}
