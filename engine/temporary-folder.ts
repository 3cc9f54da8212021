import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAbandoned, markPattern, processMark } from "./running-process.js";

/** A new folder among the temporary files of this machine. @param name what it is for, one word */
export function makeTemporaryFolder(name: string): string {
  removeAbandoned();
  return mkdtempSync(path.join(tmpdir(), `winrepo-${name}-${processMark()}-`));
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
  const folder = makeTemporaryFolder(name);
  try {
    return await work(folder);
  } finally {
    await discardFolder(folder);
  }
}

const folderName = new RegExp(`^winrepo-[a-z]+-(?<mark>${markPattern.source})-\\w{6}$`);
let looked = false;

/** What killed runs left: folders that are named by us, that this user made, and whose process is gone. Once in a run. */
function removeAbandoned(): void {
  if (looked) return;
  looked = true;
  for (const name of namesIn(tmpdir())) {
    const mark = folderName.exec(name)?.groups?.mark;
    if (mark === undefined || !isAbandoned(mark)) continue;
    const folder = path.join(tmpdir(), name);
    try {
      const { uid } = lstatSync(folder);
      if (process.getuid === undefined || uid === process.getuid()) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run was faster, or what that one started still writes there.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
