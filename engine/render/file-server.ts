import type { ListFolder } from "../nearest-path.js";

/** The part of Salt's file server that rendering reads: helper templates and data below the file-server root. */
export interface FileServer {
  /** The text at a path below the root, with `/` and without `..`; undefined when there is none. */
  read(serverPath: string): string | undefined;
  /** What a folder below the root holds; `""` is the root. Absent where only single files can be asked for. */
  readonly list?: ListFolder;
  /** Where a file of this machine is shown, whether it is there or not. */
  pathOf?(absolute: string): string | undefined;
  /** The git checkout of update_git_repos that a file of this machine lies in, and is no part of. */
  checkoutWithout?(absolute: string): string | undefined;
}

/** A folder that the file server shows below its root. */
export interface Mount {
  /** Where it is shown: `""` for the root itself, or e.g. `win/repo-ng`. */
  readonly at: string;
  /** The folder on this machine. */
  readonly folder: string;
  /** What is not shown of it. */
  readonly hidden?: readonly string[];
}
