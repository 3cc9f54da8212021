import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { realPlace } from "../files/inside.js";
import { readRegularFile } from "../files/read-regular-file.js";
import { makeFolder } from "../make-folder.js";
import { replaceOwnFile, WriteError, writeFailure } from "../replace-file.js";
import { type StateWorld, stateHome } from "./state-home.js";

/** What is kept of a project cannot be kept: the message says where, why, and what to do. */
export class StateError extends Error {
  override readonly name = "StateError";
}

/** What tells a folder from every other one of its file system, wherever it is moved to. */
interface FolderIdentity {
  readonly device: string;
  readonly inode: string;
  /** Milliseconds: an inode's number is given again when its folder is gone. */
  readonly made: number;
}

interface ProjectRecord {
  /** The real path of the project's folder, when it was last used. */
  readonly folder: string;
  readonly identity?: FolderIdentity;
}

const recordName = "project.json";
const recordLimit = 64 * 1024;

/**
 * Everything that Winrepo keeps for one project: machines, downloads, logs, caches. It lies in the user's state folder,
 * not in the repository, keyed by the real path of the project's folder: two worktrees have two states, a link to a
 * project leads to the project's. Nothing is made before {@link claim}.
 */
export class ProjectState {
  readonly #home: string | undefined;
  readonly #root: string;

  /** @param projectFolder absolute; it need not exist (any more) */
  constructor(
    projectFolder: string,
    readonly world: StateWorld = { env: process.env },
  ) {
    this.#home = stateHome(world);
    this.#root = realPlace(projectFolder);
  }

  /** @throws StateError when there is no place to keep anything */
  get folder(): string {
    return path.join(this.#projects, keyOf(this.#root));
  }

  /** Where a machine lies that is kept in a folder; the one named `simulated` is there without being set up. */
  machine(targetName: string): string {
    return path.join(this.folder, "targets", fileName(targetName));
  }

  /** Lock and log of one target. */
  runs(targetName: string): string {
    return path.join(this.folder, "runs", fileName(targetName));
  }

  get downloads(): string {
    return path.join(this.folder, "downloads");
  }

  /** The cache that `refresh-db` fills in place of a minion's. */
  get minionCache(): string {
    return path.join(this.folder, "cache");
  }

  /** What a target's own cache is filled from. */
  refresh(targetName: string): string {
    return path.join(this.folder, "refresh", fileName(targetName));
  }

  /** What files gave in earlier runs. */
  get outcomes(): string {
    return path.join(this.folder, "outcomes");
  }

  /**
   * Makes the folder, for the user alone, and notes whose it is. The state of a project that was moved here comes along.
   * @returns what the person should be told
   * @throws StateError when it cannot be written
   */
  claim(): readonly string[] {
    const { folder } = this;
    try {
      makeFolder(this.#projects, 0o700);
      const identity = identityOf(this.#root);
      const moved = existsSync(folder) ? undefined : this.#movedFrom(identity);
      if (moved) renameSync(path.join(this.#projects, keyOf(moved)), folder);
      else makeFolder(folder, 0o700);
      this.#write(identity);
      return moved ? [`This project lay in ${moved} before; its machines, downloads and logs came along.`] : [];
    } catch (error) {
      const reason = error instanceof WriteError ? error.reason : writeFailure(error);
      throw new StateError(
        `Winrepo keeps the machines, downloads and logs of this project in ${folder}, which cannot be written ` +
          `(${reason}). Set WINREPO_STATE to a folder that can be.`,
      );
    }
  }

  get #projects(): string {
    if (this.#home === undefined) {
      throw new StateError(
        "There is no home folder in which Winrepo could keep machines, downloads and logs. Set WINREPO_STATE to a folder for them.",
      );
    }
    return path.join(this.#home, "projects");
  }

  /** The former folder of this project: one that is recorded with this folder's identity, and has it no more. */
  #movedFrom(identity: FolderIdentity | undefined): string | undefined {
    if (!identity) return undefined;
    for (const name of readdirSync(this.#projects)) {
      const record = readRecord(path.join(this.#projects, name, recordName));
      if (!record?.identity || !isSame(record.identity, identity) || keyOf(record.folder) !== name) continue;
      const there = identityOf(record.folder);
      if (!there || !isSame(there, identity)) return record.folder;
    }
    return undefined;
  }

  #write(identity: FolderIdentity | undefined): void {
    const file = path.join(this.folder, recordName);
    const record: ProjectRecord = { folder: this.#root, ...(identity && { identity }) };
    const text = `${JSON.stringify(record, null, 2)}\n`;
    if (existsSync(file) && readRegularFile(file, { maxBytes: recordLimit }).toString("utf8") === text) return;
    replaceOwnFile(file, text);
  }
}

/** The project's own name is kept in it, because people look there. */
function keyOf(realRoot: string): string {
  const digest = createHash("sha256").update(realRoot).digest("hex").slice(0, 16);
  const name = path
    .basename(realRoot)
    .replace(/[^\w-]/g, "_")
    .slice(0, 40);
  return `${name || "root"}-${digest}`;
}

/** A name out of a project file as one part of a path: it can lead nowhere else. */
function fileName(name: string): string {
  const encoded = encodeURIComponent(name).replace(/[.*]/g, (character) => (character === "." ? "%2E" : "%2A"));
  if (encoded !== "" && encoded.length <= 100) return encoded;
  return `%${createHash("sha256").update(name).digest("hex")}`;
}

/** Undefined where a file system gives no numbers that can be relied on. */
function identityOf(folder: string): FolderIdentity | undefined {
  const status = statSync(folder, { bigint: true, throwIfNoEntry: false });
  if (!status || status.ino === 0n || status.birthtimeMs <= 0n) return undefined;
  return { device: String(status.dev), inode: String(status.ino), made: Number(status.birthtimeMs) };
}

function isSame(a: FolderIdentity, b: FolderIdentity): boolean {
  return a.device === b.device && a.inode === b.inode && a.made === b.made;
}

function readRecord(file: string): ProjectRecord | undefined {
  try {
    const record = JSON.parse(
      readRegularFile(file, { maxBytes: recordLimit }).toString("utf8"),
    ) as ProjectRecord | null;
    return typeof record?.folder === "string" ? record : undefined;
  } catch {
    return undefined;
  }
}
