import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A new folder among the temporary files of this machine. @param name what it is for, one word */
export function makeTemporaryFolder(name: string): Promise<string> {
  return mkdtemp(path.join(tmpdir(), `winrepo-${name}-`));
}

/**
 * Removes a folder that served its purpose. Never rejects: a scanner, or a program that still runs, may hold a file in
 * it, and what was done there counts all the same.
 */
export async function discardFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Gives `work` a folder of its own, which goes when it is done. */
export async function inTemporaryFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeTemporaryFolder(name);
  try {
    return await work(folder);
  } finally {
    await discardFolder(folder);
  }
}
