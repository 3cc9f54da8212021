import path from "node:path";
import { isBelow, isReallyBelow } from "../files/inside.js";

const megabyte = 1024 * 1024;

/** What may be done with a path that a project names. */
interface Purpose {
  readonly is: "file" | "folder";
  readonly maxBytes?: number;
  /** Whether a project that nobody trusts may name it, inside its own folder. */
  readonly untrusted: "inside" | "never";
  /** In words, for messages. */
  readonly what: string;
}

/** Everything that paths of a project are used for. A path that starts programs or chooses who somebody is needs trust wherever it leads. */
export const pathPurposes = {
  profile: { is: "file", maxBytes: 10 * megabyte, untrusted: "inside", what: "a profile that is read" },
  fileRoot: { is: "folder", untrusted: "inside", what: "a folder that templates are read from" },
  baseline: { is: "file", maxBytes: 64 * megabyte, untrusted: "inside", what: "a baseline that is read and written" },
  saltConfig: { is: "file", maxBytes: 4 * megabyte, untrusted: "inside", what: "Salt's configuration, which is read" },
  checkouts: { is: "folder", untrusted: "inside", what: "a folder that is written to" },
  minionCache: { is: "folder", untrusted: "inside", what: "a folder that is written to" },
  key: { is: "file", untrusted: "never", what: "a key that you are known by" },
  machine: { is: "folder", untrusted: "never", what: "a folder that a machine is kept in" },
  winePrefix: { is: "folder", untrusted: "never", what: "a Wine prefix, whose programs are run" },
  program: { is: "file", untrusted: "never", what: "a program that is run" },
  sshConfig: { is: "file", untrusted: "never", what: "a configuration of ssh, which can run programs" },
} as const satisfies { readonly [name: string]: Purpose };

export type PathPurpose = keyof typeof pathPurposes;

/** The project that names a path. */
export interface NamingProject {
  /** Absolute folder that its relative paths start from. */
  readonly root: string;
  /** Whether the person trusts it: then it may name what lies outside of its folder. */
  readonly trusted: boolean;
}

export type ResolvedPath =
  | { readonly path: string; readonly refusal?: undefined }
  /** Why the path does not count, to go behind its name. */
  | { readonly path?: undefined; readonly refusal: string };

/**
 * The one place where a path that a project names becomes a path of this machine. While the project is not trusted
 * nothing outside of its folder is so much as looked at: on Windows the look alone would greet a server.
 */
export function resolveProjectPath(
  named: string,
  purpose: PathPurpose,
  { root, trusted }: NamingProject,
): ResolvedPath {
  const absolute = path.resolve(root, named);
  if (named.includes("\0")) return { refusal: "is no path: it has a NUL character in it" };
  if (trusted) return { path: absolute };
  const { untrusted, what } = pathPurposes[purpose];
  if (untrusted === "never") return { refusal: `is ${what}` };
  if (!isBelow(root, absolute)) return { refusal: `lies outside of the project's folder and is ${what}` };
  if (!isReallyBelow(root, absolute)) {
    return { refusal: `leads out of the project's folder by a symbolic link and is ${what}` };
  }
  return { path: absolute };
}
