import { createHash } from "node:crypto";
import { withoutSecrets } from "../secrets.js";
import { trimEndOf } from "../trim.js";
import { splitUrl } from "./url.js";

/** A URL that cannot have a place in the cache: it points out of it, or Windows has no such file name. */
export class CachePathError extends Error {
  override readonly name = "CachePathError";
}

/** A path below `salt://` and the environment that it names with `?saltenv=`. */
export interface SaltPath {
  /** With `/`, without a leading one. */
  readonly path: string;
  readonly saltenv: string | undefined;
}

/** Longest name that Salt gives a cached file before it takes the name's SHA-256 instead. */
const longestName = 255;

/**
 * Where Salt keeps its copy of a URL on the minion (salt-reference §7.4), with Salt's own names. `file:` URLs have no
 * copy: the answer is the local path that Salt makes of them.
 * @throws CachePathError for `..` and for names that Windows reserves or cannot hold
 */
export function cachePath(url: string, cacheDir: string, saltenv = "base"): string {
  const { scheme, netloc, path, query } = splitUrl(url);
  if (scheme === "file") return fileUrlPath(url);
  if (scheme === "salt") {
    const salt = saltPath(url);
    return place(url, cacheDir, ["files", salt.saltenv ?? saltenv], salt.path);
  }
  const host = hostFolder(netloc);
  const name = query ? `${path}-${query}` : path;
  const short = name.length > longestName ? createHash("sha256").update(name).digest("hex") : name;
  return place(url, cacheDir, ["extrn_files", saltenv, host], short);
}

/**
 * The path that `salt://…` names. Of a query only `saltenv` counts; characters that Windows has no place for become `_`,
 * as in Salt on Windows.
 */
export function saltPath(url: string): SaltPath {
  const { netloc, path, query } = splitUrl(url);
  const saltenv = /(?:^|&)saltenv=([^&]*)/.exec(query)?.[1];
  return { path: `${netloc}${path}`.replace(/^[|/]+/, "").replace(/[<>:|?*]/g, "_"), saltenv };
}

/** What Salt makes of `file:`: `file://C:/a.msi` → `C:\a.msi`; three slashes or a server name go wrong in Salt, too. */
export function fileUrlPath(url: string): string {
  const { netloc, path } = splitUrl(url);
  // Python's ntpath.join: a rooted path throws everything but the drive away.
  const drive = /^[A-Za-z]:/.exec(netloc)?.[0] ?? "";
  return toBackslashes(trimEndOf(path.startsWith("/") ? drive + path : netloc + path, "/"));
}

export function toBackslashes(path: string): string {
  return path.replaceAll("/", "\\");
}

/** The folder part of a Windows path; `""` when it has none. */
export function windowsDirname(path: string): string {
  const at = path.lastIndexOf("\\");
  if (at < 0) return "";
  const head = path.slice(0, at + 1);
  return /^(?:[A-Za-z]:)?\\+$/.test(head) ? head : trimEndOf(head, "\\");
}

export function windowsBasename(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}

function hostFolder(netloc: string): string {
  const host = netloc.slice(netloc.lastIndexOf("@") + 1);
  return host.replace(/:(?=[0-9]+$)/, "");
}

/**
 * Windows takes both slashes for separators wherever they stand, so all that comes from the URL is taken apart by both. A
 * host or environment with a separator has no place: it would be a folder tree of its own, or begin at the drive's root.
 */
function place(url: string, cacheDir: string, folders: readonly string[], path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  for (const folder of folders) {
    if (/[\\/]/.test(folder)) throw noPlace(url, `\`${folder}\` is not the name of one folder`);
  }
  const names = [...folders.filter((folder) => folder !== ""), ...parts];
  for (const name of names) checkName(name, url);
  return [cacheDir, ...names].join("\\");
}

const reservedName = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

function checkName(name: string, url: string): void {
  const reason =
    name === ".."
      ? "it leads out of the cache with `..`"
      : reservedName.test(name)
        ? `\`${name}\` is a device on Windows`
        : /[<>:"|?*\0-\x1f]/.test(name)
          ? `Windows cannot hold a file named \`${name}\``
          : /[. ]$/.test(name)
            ? `Windows drops the last character of \`${name}\``
            : undefined;
  if (reason) throw noPlace(url, reason);
}

function noPlace(url: string, reason: string): CachePathError {
  return new CachePathError(`There is no place in the cache for ${withoutSecrets(url)}: ${reason}.`);
}
