import { type Flags, noFlags, Pattern } from "../regex/index.js";

const kept = new Map<string, Pattern>();
const mostKept = 200;

/** A compiled pattern; those used lately are kept. @throws PyError `error` */
export function compiled(source: string, flags: Flags = noFlags): Pattern {
  const key = `${Number(flags.ignoreCase)}${Number(flags.multiLine)}${source}`;
  const known = kept.get(key);
  if (known) return known;
  const pattern = new Pattern(source, flags);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, pattern);
  return pattern;
}
