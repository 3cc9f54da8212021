import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

// Measured data that lies beside the checkout. The project's own tests pass without it and say that they skipped.
const folder = path.resolve(import.meta.dirname, "../../shared");

export const hasShared: boolean = existsSync(path.join(folder, "vectors/jinja.json"));
if (!hasShared) console.warn("The folder ../shared is absent: tests against the corpus and the vectors are skipped.");

export function sharedPath(relative: string): string {
  return path.join(folder, relative);
}

/** A JSON file of ../shared. `T` is the caller's word for its shape. */
export function sharedJson<T>(relative: string): T {
  return JSON.parse(readFileSync(sharedPath(relative), "utf8")) as T;
}
