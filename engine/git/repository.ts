import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setImmediate as turn } from "node:timers/promises";
import { atomicFileSystem, type GitFileSystem, temporaryFolderName } from "./atomic-fs.js";
import { beyond } from "./check-pack.js";
import { GitError } from "./git-error.js";
import type { git as isomorphicGit } from "./lazy-isomorphic-git.js";
import type { GitLimits } from "./limits.js";
import { folderMode, type TreeEntry, treeEntries } from "./tree.js";

/** So often the event loop gets its turn: isomorphic-git reads from memory, and a signal would not come through. */
const foldersPerTurn = 100;

/** A file in a commit. */
export interface TreeFile {
  readonly oid: string;
  /** Git's mode as it stands in the tree: `100644`, `100755`, `120000` (link) or `160000` (submodule). */
  readonly mode: string;
}

/** A repository on this machine, seen through isomorphic-git with files that are replaced whole. */
export class Repository {
  private constructor(
    readonly folder: string,
    readonly git: typeof isomorphicGit,
    readonly fs: GitFileSystem,
    readonly cache: object,
    readonly limits: GitLimits,
  ) {}

  static async open(folder: string, limits: GitLimits): Promise<Repository> {
    const { git } = await import("./lazy-isomorphic-git.js");
    return new Repository(folder, git, await atomicFileSystem(path.join(folder, ".git")), {}, limits);
  }

  static async create(folder: string, url: string, limits: GitLimits): Promise<Repository> {
    await mkdir(folder, { recursive: true });
    const repository = await Repository.open(folder, limits);
    await repository.git.init({ ...repository.at, defaultBranch: "winrepo" });
    await repository.setUrl(url);
    return repository;
  }

  /** The arguments that every isomorphic-git function takes. */
  get at(): { fs: GitFileSystem; dir: string; cache: object } {
    return { fs: this.fs, dir: this.folder, cache: this.cache };
  }

  get gitFolder(): string {
    return path.join(this.folder, ".git");
  }

  /** A new folder for what is not whole yet. What a killed run left of it goes when the repository is opened. */
  temporaryFolder(): Promise<string> {
    return mkdtemp(path.join(this.gitFolder, temporaryFolderName, "fetch-"));
  }

  async setUrl(url: string): Promise<void> {
    await this.git.setConfig({ ...this.at, path: "remote.origin.url", value: url });
    await this.git.setConfig({
      ...this.at,
      path: "remote.origin.fetch",
      value: "+refs/heads/*:refs/remotes/origin/*",
    });
  }

  /** The commit that is checked out; undefined before the first checkout. */
  async head(): Promise<string | undefined> {
    return this.git.resolveRef({ ...this.at, ref: "HEAD" }).catch(() => undefined);
  }

  /** Checks out nothing: only says which commit lies in the folder. */
  async setHead(commit: string): Promise<void> {
    await this.git.writeRef({ ...this.at, ref: "HEAD", value: commit, force: true });
  }

  /** The commit that an object id stands for: itself, or what an annotated tag points to. */
  async commitOf(oid: string): Promise<string> {
    return (await this.git.readCommit({ ...this.at, oid })).oid;
  }

  async has(oid: string): Promise<boolean> {
    return this.git.readObject({ ...this.at, oid, format: "deflated" }).then(
      () => true,
      () => false,
    );
  }

  /**
   * All files of a commit by path. Refuses names that would lead out of the folder or into `.git`, and commits that have
   * more files, or deeper ones, than any repository: a folder may hold the same folder many times over.
   */
  async filesOf(commit: string, signal?: AbortSignal): Promise<Map<string, TreeFile>> {
    const files = new Map<string, TreeFile>();
    const known = new Map<string, TreeEntry[]>();
    let [entries, folders] = [0, 0];
    const visit = async (oid: string, prefix: string, depth: number): Promise<void> => {
      if (depth > this.limits.depth)
        throw beyond(`the commit has more than ${this.limits.depth} folders in each other`);
      if (++folders % foldersPerTurn === 0) {
        await turn();
        signal?.throwIfAborted();
      }
      const listing = known.get(oid) ?? (await this.#folder(oid));
      known.set(oid, listing);
      for (const entry of listing) {
        const path = prefix + entry.name;
        if (!isSafeName(entry.name))
          throw new GitError(`the commit holds a file with the name ${JSON.stringify(path)}, which is refused`);
        if (++entries > this.limits.entries) throw beyond(`the commit has more than ${this.limits.entries} files`);
        if (path.length > this.limits.pathLength) throw beyond("the commit has a path that is too long for any system");
        if (entry.mode === folderMode) await visit(entry.oid, `${path}/`, depth + 1);
        else files.set(path, { oid: entry.oid, mode: entry.mode });
      }
    };
    await visit((await this.git.readCommit({ ...this.at, oid: commit })).commit.tree, "", 0);
    return files;
  }

  async #folder(oid: string): Promise<TreeEntry[]> {
    const { type, object } = await this.git.readObject({ ...this.at, oid, format: "content" });
    if (type !== "tree") throw new GitError(`the commit names ${oid} for a folder, which is none`);
    const listing = Buffer.from(object as Uint8Array);
    if (listing.length > this.limits.listingBytes) throw beyond("the commit has a folder with too many files");
    return treeEntries(listing);
  }

  async contentOf(oid: string): Promise<Uint8Array> {
    const { blob } = await this.git.readBlob({ ...this.at, oid });
    if (blob.length > this.limits.fileBytes) throw beyond(`it holds a file of ${blob.length} bytes`);
    return blob;
  }

  /** The object id that a file's present content has; undefined when it cannot be read as a file. */
  async oidOfFile(file: string): Promise<string | undefined> {
    const absolute = path.join(this.folder, file);
    try {
      const { size } = await stat(absolute);
      const hash = createHash("sha1").update(`blob ${size}\0`);
      await pipeline(createReadStream(absolute), hash);
      return hash.digest("hex");
    } catch {
      return undefined;
    }
  }
}

/** Also what Windows would take for `.git` or for another folder. */
function isSafeName(name: string): boolean {
  if (name === "" || name === "." || name === ".." || /[\0/\\]/.test(name)) return false;
  if (/^\.?git(~\d+)?[. ]*$/i.test(name) && name.toLowerCase() !== "git") return false;
  return process.platform !== "win32" || !/[:*?"<>|]/.test(name);
}
