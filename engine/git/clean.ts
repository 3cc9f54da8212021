import { rm } from "node:fs/promises";
import path from "node:path";

/** Removes checkouts of remotes that are configured no longer. Each must lie directly in the base directory. */
export async function removeFolders(base: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (path.dirname(path.resolve(folder)) !== path.resolve(base)) throw new Error(`${folder} does not lie in ${base}`);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
