import { lstat, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { readRegularFile } from "../files/read-regular-file.js";
import { replaceOwnFile } from "../replace-file.js";
import { GitError } from "./git-error.js";

/** Where checkouts are made. Hidden, so that neither the file server nor genrepo look into it. */
export const workFolderName = ".winrepo";

/** Names the checkouts in the making; there only while there are any. */
const recordName = "making.json";
/** In the `.git` of every checkout that this tool has made. */
const markName = "winrepo";
const maxBytes = 1024 * 1024;
/** What a checkout in the making is called: the remote's name, and a random number. */
const asideName = /^[\w.-]*-[0-9a-f]{12}$/;

/**
 * What this tool has made in a base directory, by its records. Nothing else there is ever removed. Whoever holds the lock may
 * change it.
 */
export class MadeFolders {
  readonly #base: string;
  readonly #folder: string;

  constructor(base: string) {
    this.#base = base;
    this.#folder = path.join(base, workFolderName);
  }

  get lockFile(): string {
    return path.join(this.#folder, "update.lock");
  }

  /** @throws GitError when what lies in the work folder's place leads elsewhere */
  async open(): Promise<void> {
    const status = await lstat(this.#folder).catch(() => undefined);
    if (status && !status.isDirectory()) {
      throw new GitError(`${this.#folder} is no folder; checkouts are made in it. Move it away and run this again`);
    }
    await mkdir(this.#folder, { recursive: true });
  }

  /** A folder for a checkout in the making; it is on record before it is there. */
  async begin(name: string, random: string): Promise<string> {
    const aside = `${name}-${random}`;
    await this.#write([...this.#making(), aside]);
    return path.join(this.#folder, aside);
  }

  /** Marks a checkout as made here; it still stands aside. */
  async mark(aside: string): Promise<void> {
    replaceOwnFile(path.join(aside, ".git", markName), "Made by winrepo update-git-repos.\n");
  }

  /** What was begun has come to its place, or is gone. */
  async end(aside: string): Promise<void> {
    await this.#remove(aside);
    await this.#write(this.#making().filter((name) => path.join(this.#folder, name) !== aside));
  }

  /** Removes what killed runs had begun: the lock is ours, so nobody else needs it. */
  async clear(): Promise<void> {
    for (const aside of this.#making()) await this.end(path.join(this.#folder, aside));
  }

  /**
   * The checkouts that this tool, or Salt, made here for remotes that are configured no longer: what `clean` removes.
   * Links, and folders that hold no checkout (any more), are never among them.
   * @param names of the configured remotes
   */
  async unconfigured(names: readonly string[]): Promise<string[]> {
    const mapped = this.#mapped();
    const entries = await readdir(this.#base, { withFileTypes: true }).catch(() => []);
    const found: string[] = [];
    for (const entry of entries) {
      if (!entry.isDirectory() || names.includes(entry.name)) continue;
      const folder = path.join(this.#base, entry.name);
      const git = path.join(folder, "_", ".git");
      const isMade = mapped.includes(entry.name) || smallTextOf(path.join(git, markName)) !== "";
      if (isMade && (await isRealFolder(git))) found.push(folder);
    }
    return found.sort();
  }

  /** Names in the map that Salt, too, writes of the remotes' folders. */
  #mapped(): string[] {
    const text = smallTextOf(path.join(this.#base, "remote_map.txt"));
    return text.split("\n").flatMap((line) => /^([^\s#/\\]+) = /.exec(line)?.[1] ?? []);
  }

  #making(): string[] {
    try {
      const list: unknown = JSON.parse(smallTextOf(path.join(this.#folder, recordName)));
      return Array.isArray(list) ? list.filter((name) => typeof name === "string" && asideName.test(name)) : [];
    } catch {
      return [];
    }
  }

  async #write(making: readonly string[]): Promise<void> {
    const file = path.join(this.#folder, recordName);
    if (making.length === 0) await rm(file, { force: true });
    else replaceOwnFile(file, `${JSON.stringify(making)}\n`);
  }

  async #remove(folder: string): Promise<void> {
    if (await isRealFolder(folder)) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A small text in a base directory; empty for what is no regular file. */
export function smallTextOf(file: string): string {
  try {
    return readRegularFile(file, { maxBytes, followLinks: false }).toString("utf8");
  } catch {
    return "";
  }
}

async function isRealFolder(folder: string): Promise<boolean> {
  return lstat(folder).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
