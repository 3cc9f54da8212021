import os from "node:os";
import path from "node:path";

/** The folder that keeps large downloads between runs: `WINREPO_CACHE`, or `~/.cache/winrepo-ci`. */
export function cacheFolder() {
  return process.env.WINREPO_CACHE ?? path.join(os.homedir(), ".cache/winrepo-ci");
}
