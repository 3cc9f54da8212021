import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { atomicFileSystem, type GitFileSystem } from "./atomic-fs.js";
import { GitError } from "./git-error.js";
import type { git as isomorphicGit } from "./lazy-isomorphic-git.js";

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
  ) {}

  static async open(folder: string): Promise<Repository> {
    const { git } = await import("./lazy-isomorphic-git.js");
    return new Repository(folder, git, await atomicFileSystem(path.join(folder, ".git")), {});
  }

  static async create(folder: string, url: string): Promise<Repository> {
    await mkdir(folder, { recursive: true });
    const repository = await Repository.open(folder);
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

  /** All files of a commit by path. Refuses names that would lead out of the folder or into `.git`. */
  async filesOf(commit: string): Promise<Map<string, TreeFile>> {
    const files = new Map<string, TreeFile>();
    const visit = async (oid: string, prefix: string): Promise<void> => {
      const { tree } = await this.git.readTree({ ...this.at, oid });
      for (const entry of tree) {
        if (!isSafeName(entry.path))
          throw new GitError(
            `the commit holds a file with the name ${JSON.stringify(prefix + entry.path)}, which is refused`,
          );
        if (entry.type === "tree") await visit(entry.oid, `${prefix}${entry.path}/`);
        else files.set(prefix + entry.path, { oid: entry.oid, mode: entry.mode });
      }
    };
    await visit(commit, "");
    return files;
  }

  async contentOf(oid: string): Promise<Uint8Array> {
    return (await this.git.readBlob({ ...this.at, oid })).blob;
  }

  /** The object id that a file's present content has; undefined when it cannot be read as a file. */
  async oidOfFile(file: string): Promise<string | undefined> {
    const content = await readFile(path.join(this.folder, file)).catch(() => undefined);
    return content && createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
  }
}

/** Also what Windows would take for `.git` or for another folder. */
function isSafeName(name: string): boolean {
  if (name === "" || name === "." || name === ".." || /[\0/\\]/.test(name)) return false;
  if (/^\.?git(~\d+)?[. ]*$/i.test(name) && name.toLowerCase() !== "git") return false;
  return process.platform !== "win32" || !/[:*?"<>|]/.test(name);
}
