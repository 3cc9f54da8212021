import path from "node:path";
import { sourcePath } from "../config/salt-places.js";
import { trimEndOf } from "../trim.js";

/** Where a minion keeps the repository that it works with (salt-reference §2.1). */
export interface RepositoryLocations {
  /** The source's path below the file-server root, e.g. `win/repo-ng`. */
  readonly serverPath: string;
  /** Folder of the cached definitions: `<cachedir>/files/<saltenv>/win/repo-ng`. */
  readonly folder: string;
  /** winrepo.p inside it. */
  readonly file: string;
  /** Set when an option could not be used as it stands, and what is used instead. */
  readonly note?: string;
}

export interface LocationOptions {
  readonly cacheDir: string;
  readonly saltenv: string;
  /** The option `winrepo_source_dir`, e.g. `salt://win/repo-ng/`. */
  readonly sourceDir: string;
  /** The option `winrepo_cachefile`. */
  readonly cacheFile: string;
}

/** The refresh was refused or failed as a whole; the message is Salt's where Salt has one. */
export class RefreshError extends Error {
  override readonly name = "RefreshError";
  constructor(
    message: string,
    /** What Salt hands over beside the message. */
    readonly info?: { readonly failed: readonly string[] },
  ) {
    super(message);
  }
}

type PathStyle = Pick<typeof path, "join" | "normalize" | "relative" | "isAbsolute">;

/**
 * @param style paths of this machine, or `path.win32` for a Windows target
 * @throws RefreshError when the source is no URL that has a place below the cache
 */
export function repositoryLocations(options: LocationOptions, style: PathStyle = path): RepositoryLocations {
  const serverPath = sourcePath(options.sourceDir);
  if (serverPath === undefined) {
    throw new RefreshError(
      `winrepo_source_dir is '${options.sourceDir}'; it must be a URL such as salt://win/repo-ng/`,
    );
  }
  const folder = style.join(options.cacheDir, "files", options.saltenv, ...serverPath.split("/"));
  const name = databaseName(options.cacheFile);
  const usable = name === options.cacheFile;
  return {
    serverPath,
    folder,
    file: style.join(folder, name),
    ...(usable ? {} : { note: `winrepo_cachefile '${options.cacheFile}' is no file name; winrepo.p is used` }),
  };
}

/** The name of the database that `winrepo_cachefile` gives; Salt's own name where that is no file's name. */
export function databaseName(cacheFile: string): string {
  return cacheFile !== "" && !/[\\/:*?"<>|]/.test(cacheFile) ? cacheFile : "winrepo.p";
}

const unsafe = (folder: string) =>
  new RefreshError(`Attempting to delete files from a possibly unsafe location: ${folder}`);

/**
 * Refuses folders whose `.sls` files must not be deleted (salt-reference §2.1): the root of a drive, and whatever lies
 * below `%SystemRoot%` except its TEMP.
 * @param systemRoot of the machine; only Windows has one
 */
export function checkWindowsFolder(folder: string, systemRoot = "C:\\Windows"): void {
  const normal = trimEndOf(path.win32.normalize(folder), "\\");
  if (/^([a-z]:\.?)?$/i.test(normal) || /^\\\\[^\\]+\\[^\\]+$/.test(normal)) throw unsafe(folder);
  if (!isInside(normal, systemRoot) || isInside(normal, path.win32.join(systemRoot, "TEMP"))) return;
  throw unsafe(folder);
}

function isInside(folder: string, parent: string): boolean {
  const relative = path.win32.relative(parent.toLowerCase(), folder.toLowerCase());
  return relative === "" || !(relative.startsWith("..") || path.win32.isAbsolute(relative));
}

/** The same caution on this machine: the cached definitions lie below the cache, and that is no root of a file system. */
export function checkLocalFolder(folder: string, cacheDir: string): void {
  if (process.platform === "win32") checkWindowsFolder(folder, process.env.SystemRoot);
  const relative = path.relative(path.resolve(cacheDir), path.resolve(folder));
  const outside = relative === "" || relative.startsWith("..") || path.isAbsolute(relative);
  if (outside || path.parse(path.resolve(folder)).root === path.resolve(cacheDir)) throw unsafe(folder);
}

/** When a refresh is due (salt-reference §2.9). */
export interface AgeRules {
  /** `winrepo_cache_expire_min` and `_max`, in seconds. */
  readonly expireMin: number;
  readonly expireMax: number;
}

/**
 * Whether `_refresh_db_conditional` would refresh.
 * @param age of winrepo.p in seconds; -1 when there is none, negative when its time stamp lies in the future
 */
export function isRefreshDue(age: number, force: boolean, rules: AgeRules): boolean {
  const forced = force && !(rules.expireMin > 0 && age < rules.expireMin);
  return forced || age === -1 || age > rules.expireMax;
}
