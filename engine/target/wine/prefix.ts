import { constants } from "node:fs";
import { copyFile, link, mkdir, readdir, readlink, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { discardFolder } from "../../temporary-folder.js";
import { TargetError } from "../target.js";
import { WineProgram } from "./wine-program.js";

const createLimitMs = 180_000;
const stepLimitMs = 60_000;

/** Makes a Windows in a folder that does not exist yet: 64 bits, calling itself Windows 10. */
export async function createPrefix(folder: string, program?: string, signal?: AbortSignal): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const wine = new WineProgram(folder, program);
  try {
    await step(wine, ["wineboot", "-i"], createLimitMs, signal);
    await step(wine, ["winecfg", "-v", "win10"], stepLimitMs, signal);
    await wine.settle();
    if (!(await isPrefix(folder))) throw new TargetError(`Wine made no Windows in ${folder}.`);
  } catch (error) {
    await discardFolder(folder);
    throw error;
  }
}

async function step(
  wine: WineProgram,
  args: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const result = await wine.run(args, { timeoutMs, signal });
  if (result.exitCode === 0) return;
  const reason = result.timedOut ? `it took longer than ${timeoutMs / 1000} s` : result.stdout.trim();
  throw new TargetError(`Setting up Wine failed at ${args.join(" ")}: ${reason || `exit status ${result.exitCode}`}`);
}

export async function isPrefix(folder: string): Promise<boolean> {
  return stat(path.join(folder, "system.reg")).then(
    (info) => info.isFile(),
    () => false,
  );
}

/**
 * Copies a prefix that is at rest. Wine's own files are shared by hard links, for they are hundreds of megabytes; the
 * registry and what was installed are real copies, for they are written to in place.
 */
export async function clonePrefix(from: string, to: string): Promise<void> {
  if (!(await isPrefix(from))) throw new TargetError(`There is no Wine prefix in ${from}.`);
  await copyTree(from, to, from);
}

async function copyTree(from: string, to: string, root: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) await copyTree(source, target, root);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (entry.isFile()) await copyOrLink(source, target, path.relative(root, source));
  }
}

async function copyOrLink(source: string, target: string, relative: string): Promise<void> {
  const isWines = /^drive_c[\\/]windows[\\/](system32|syswow64|winsxs|globalization|inf|fonts|resources)[\\/]/i.test(
    relative,
  );
  const isProgram = /\.(dll|exe|drv|sys|ocx|cpl|acm|ax|nls|tlb|manifest)$/i.test(relative);
  if (isWines && isProgram) {
    try {
      return await link(source, target);
    } catch {
      // Another file system, or one without links: a copy serves as well.
    }
  }
  await copyFile(source, target, constants.COPYFILE_FICLONE);
}
