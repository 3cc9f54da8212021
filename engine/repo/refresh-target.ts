import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Progress } from "../progress.js";
import { noProgress } from "../progress.js";
import type { Target } from "../target/target.js";
import { checkWindowsFolder, type RepositoryLocations } from "./locations.js";
import { digestOf } from "./outcome-cache.js";
import type { RefreshResult } from "./refresh-db.js";

export interface PushResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  readonly notes: readonly string[];
}

/**
 * Brings a refreshed repository to a target's own cache, where Salt on that machine finds it: the `.sls` files that
 * differ, then winrepo.p. Definitions there that the source no longer has are removed; other files are not touched.
 * @param local what `refreshDb` made here with the target's facts
 * @param locations on the target
 * @throws RefreshError, TargetError
 */
export async function pushToTarget(
  target: Target,
  local: RefreshResult,
  localFolder: string,
  locations: RepositoryLocations,
  { progress = noProgress, signal }: { readonly progress?: Progress; readonly signal?: AbortSignal } = {},
): Promise<PushResult> {
  checkWindowsFolder(locations.folder, await target.expandEnvironment("%SystemRoot%"));
  const files = [...local.successList.keys(), ...local.failedList.keys()];
  const there = await definitionsOn(target, locations.folder, signal);
  const wanted = new Set(files.map((file) => onTarget(locations.folder, file).toLowerCase()));
  const removed: string[] = [];
  // A machine that cannot list them loses at least those that went since the last refresh.
  const candidates = there ?? local.sync.removed.map((file) => onTarget(locations.folder, file));
  for (const file of candidates) {
    if (wanted.has(file.toLowerCase()) || !(await target.exists(file))) continue;
    await target.remove(file);
    removed.push(file);
  }
  const known = there && new Set(there.map((file) => file.toLowerCase()));
  const written: string[] = [];
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    progress.report({ message: `${target.name}: ${file}`, done: index, total: files.length });
    const place = onTarget(locations.folder, file);
    const source = path.join(localFolder, file);
    const mayBeThere = known ? known.has(place.toLowerCase()) : await target.exists(place);
    if (mayBeThere && (await target.hash(place, "sha256")) === hexDigest(await readFile(source))) continue;
    await target.put(source, place, signal);
    written.push(file);
  }
  await target.put(local.file, locations.file, signal);
  const notes = there
    ? []
    : [
        `${target.name} does not list its files: definitions that the source no longer has may still lie in ${locations.folder}`,
      ];
  return { written, removed, unchanged: files.length - written.length, notes };
}

function onTarget(folder: string, file: string): string {
  return path.win32.join(folder, ...file.split("/"));
}

function hexDigest(content: Uint8Array): string {
  return Buffer.from(digestOf(content), "base64").toString("hex");
}

/** Every `.sls` below a folder of the target; undefined when the machine cannot say. */
async function definitionsOn(target: Target, folder: string, signal?: AbortSignal): Promise<string[] | undefined> {
  const { exitCode, output, assumed } = await target.run(`dir /s /b /a-d "${path.win32.join(folder, "*.sls")}"`, {
    shell: "cmd",
    timeoutMs: 120_000,
    ...(signal && { signal }),
  });
  const found = output
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.endsWith(".sls") && line.toLowerCase().startsWith(`${folder.toLowerCase()}\\`));
  // With nothing to list dir ends with 1.
  const isAnswer = exitCode === 0 || (exitCode === 1 && found.length === 0);
  return isAnswer && !assumed ? found : undefined;
}
