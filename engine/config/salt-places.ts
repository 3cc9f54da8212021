import { trimEndOf } from "../trim.js";
import type { Json } from "../value/types.js";
import type { SaltRole } from "./salt-options.js";

/** Options that each are fine, and together put the repository where no minion finds it. */
export interface PlaceProblem {
  /** The option to show it at. */
  readonly option: string;
  readonly message: string;
}

/** The value of an option: undefined where none is set, and its default does not count either. */
export type OptionValue = (name: string) => Json | undefined;

const usualSource = "salt://win/repo-ng/";

/**
 * What Salt's options say of the places of the repository (salt-reference §2.1, §10.9). Salt itself says nothing of any of
 * it: `pkg.refresh_db` answers `total: 0`.
 */
export function placeProblems(value: OptionValue, role: SaltRole): PlaceProblem[] {
  return [
    ...["winrepo_dir_ng", "winrepo_dir"].flatMap((option) => folded(option, value(option))),
    ...unservedFolder(value, role),
    ...hiddenCache(value("cachedir")),
  ];
}

/** `winrepo_dir_ng: '/srv/… - https://…'`: a line break is missing, and YAML reads the remotes into the folder's name. */
function folded(option: string, folder: Json | undefined): PlaceProblem[] {
  if (typeof folder !== "string" || !isFolded(folder)) return [];
  const remotes = option.replace("_dir", "_remotes");
  const message =
    `'${option}' holds a folder and remotes in one text: Salt takes it all for the folder's name, and knows no remotes. ` +
    `Write the remotes below '${remotes}:' in lines of their own.`;
  return [{ option, message }];
}

function isFolded(folder: string): boolean {
  return /\s-\s|[a-z]:\/\/|\s[^\s@]+@[^\s:]+:/i.test(folder);
}

function unservedFolder(value: OptionValue, role: SaltRole): PlaceProblem[] {
  const folder = value("winrepo_dir_ng");
  const roots = rootsOf(value);
  // A minion asks its master for definitions, unless it is its own.
  const isServing = role === "master" || value("file_client") === "local" || value("file_roots") !== undefined;
  if (typeof folder !== "string" || isFolded(folder) || !isServing || roots.length === 0) return [];
  const source = typeof value("winrepo_source_dir") === "string" ? String(value("winrepo_source_dir")) : usualSource;
  const below = sourcePath(source);
  if (below === undefined) return [];
  const served = roots.map((root) => `${plain(root)}/${below}`);
  if (served.some((place) => `${plain(folder)}/`.startsWith(`${place}/`))) return [];
  const ending = `/${below}`;
  const missingRoot = plain(folder).endsWith(ending) ? trimEndOf(folder, "\\/").slice(0, -ending.length) : "";
  const message =
    `winrepo_dir_ng does not lie at winrepo_source_dir in any file root: minions fetch ${source}, which is ` +
    `${roots.map((root) => `${trimEndOf(root, "\\/")}/${below}`).join(" or ")}; pkg.refresh_db answers total: 0. ` +
    (missingRoot ? `Add ${missingRoot} to file_roots, or move the folder there.` : "Move the folder there.");
  return [{ option: "winrepo_dir_ng", message }];
}

function rootsOf(value: OptionValue): string[] {
  const environments = value("file_roots");
  if (environments === null || typeof environments !== "object" || Array.isArray(environments)) return [];
  const saltenv = value("saltenv");
  const roots = environments[typeof saltenv === "string" && saltenv !== "" ? saltenv : "base"];
  return Array.isArray(roots) ? roots.filter((root) => typeof root === "string") : [];
}

/** The source's path below the file server's root, as Salt's parser of URLs splits it; undefined when it has none. */
export function sourcePath(source: string): string | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^?#]*)/i.exec(source);
  const parts = [match?.[1] ?? "", ...(match?.[2] ?? "").split("/")].filter((part) => part !== "");
  if (parts.length === 0 || parts.some((part) => part === ".." || part === "." || part.includes("\\")))
    return undefined;
  return parts.join("/");
}

/** For comparing: with `/`, no `/` at the end, and on Windows without regard to case. */
function plain(folder: string): string {
  const slashes = trimEndOf(folder.replaceAll("\\", "/").replace(/\/\/+/g, "/"), "/");
  return /^[a-z]:/i.test(slashes) ? slashes.toLowerCase() : slashes;
}

function hiddenCache(cachedir: Json | undefined): PlaceProblem[] {
  const hidden = typeof cachedir === "string" ? hiddenFolder(cachedir) : undefined;
  if (hidden === undefined) return [];
  const message =
    `'cachedir' lies in '${hidden}', whose name begins with a dot: Salt passes over such folders when it reads the ` +
    "definitions, so that pkg.refresh_db answers total: 0. Choose a folder without one.";
  return [{ option: "cachedir", message }];
}

/** The folder of a path whose name begins with a dot; genrepo reads nothing below it (salt-reference §2.3). */
export function hiddenFolder(path: string): string | undefined {
  return path.split(/[\\/]/).find((part, index) => index > 0 && /^\.[^.]|^\.\.[^/]/.test(part));
}
