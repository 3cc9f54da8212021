import { createHash, getHashes } from "node:crypto";
import { constants, createReadStream, existsSync, readdirSync, type Stats, statSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { TargetError } from "./target.js";
import { pathParts } from "./windows-path.js";

/** Where the roots of a machine's paths lie in the file system that this process sees. */
export interface HostRoots {
  /** `C` → folder; undefined when there is no such drive. */
  drive(letter: string): string | undefined;
  share(server: string, share: string): string | undefined;
}

/** The files of a machine whose drives can be reached as folders from here. */
export class HostFiles {
  readonly #roots: HostRoots;

  constructor(roots: HostRoots) {
    this.#roots = roots;
  }

  /** Where a Windows path lies here, whether it exists or not. Names are found without regard to case, as on Windows. */
  local(windowsPath: string): string {
    const [root, ...names] = pathParts(windowsPath);
    const start = root === "" ? this.#roots.share(names.shift()!, names.shift()!) : this.#roots.drive(root![0]!);
    if (start === undefined) throw new TargetError(`The machine has no drive or share for ${windowsPath}.`);
    let at = start;
    for (const name of names) at = path.join(at, existsSync(path.join(at, name)) ? name : (spelled(at, name) ?? name));
    return at;
  }

  /** A text that is no absolute path names nothing that exists. */
  exists(windowsPath: string): boolean {
    return this.#find(windowsPath) !== undefined;
  }

  isFolder(windowsPath: string): boolean {
    return this.#find(windowsPath)?.isDirectory() ?? false;
  }

  #find(windowsPath: string): Stats | undefined {
    try {
      return statSync(this.local(windowsPath), { throwIfNoEntry: false });
    } catch (error) {
      if (error instanceof TargetError) return undefined;
      throw error;
    }
  }

  async put(localFile: string, windowsPath: string): Promise<void> {
    const to = this.local(windowsPath);
    await mkdir(path.dirname(to), { recursive: true });
    const part = `${to}.winrepo-part`;
    // What a killed run left, or anything else in its place: never written through.
    await rm(part, { recursive: true, force: true });
    await copyFile(localFile, part, constants.COPYFILE_EXCL);
    await rename(part, to);
  }

  async get(windowsPath: string, localFile: string): Promise<void> {
    const from = this.local(windowsPath);
    if (!existsSync(from)) throw new TargetError(`There is no file ${windowsPath} on the machine.`);
    await mkdir(path.dirname(localFile), { recursive: true });
    await copyFile(from, localFile);
  }

  async remove(windowsPath: string): Promise<void> {
    if (pathParts(windowsPath).length < 2) throw new TargetError(`${windowsPath} is a whole drive; it is not removed.`);
    await rm(this.local(windowsPath), { recursive: true, force: true });
  }

  /** Removes the folder of a removed file, and those above it, as long as they are empty. */
  async removeEmptyFolders(windowsFolder: string): Promise<void> {
    for (let at = windowsFolder; /[^\\]\\[^\\]/.test(at); at = at.slice(0, at.lastIndexOf("\\"))) {
      const local = this.local(at);
      if (!existsSync(local)) continue;
      if (readdirSync(local).length > 0) return;
      await rm(local, { recursive: true });
    }
  }

  async hash(windowsPath: string, algorithm: string): Promise<string> {
    return hashFile(this.local(windowsPath), algorithm, windowsPath);
  }
}

/** Lower-case hexadecimal digest of a local file. `shownAs` is how messages name it. */
export async function hashFile(file: string, algorithm: string, shownAs: string = file): Promise<string> {
  const name = algorithm.toLowerCase();
  if (!getHashes().includes(name)) throw new TargetError(`Unknown kind of hash: ${algorithm}`);
  if (!existsSync(file)) throw new TargetError(`There is no file ${shownAs} on the machine.`);
  const hash = createHash(name);
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function spelled(folder: string, name: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const wanted = name.toLowerCase();
  return readdirSync(folder).find((candidate) => candidate.toLowerCase() === wanted);
}
