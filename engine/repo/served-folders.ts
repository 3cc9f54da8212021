import { statSync } from "node:fs";
import path from "node:path";
import type { ProjectConfig } from "../config/project.js";
import { configuredRole, loadSaltConfiguration, type SaltConfiguration, textOption } from "../config/salt-config.js";
import { sourcePath } from "../config/salt-places.js";
import type { Mount } from "../render/file-server.js";
import { repositoryMounts } from "./disk-file-server.js";

/** Where minions look for definitions unless `winrepo_source_dir` says otherwise. */
const defaultServerPath = "win/repo-ng";

/** What of a project decides what `salt://` shows and where the repository lies. */
export interface Served extends Pick<ProjectConfig, "fileRoots" | "kept"> {
  /** Where on the file server minions look for definitions: `win/repo-ng`. */
  readonly serverPath: string;
}

/**
 * What is served of a project: the roots of Salt's own configuration before those of the project file, and the source that
 * minions are set to. The one answer for lint, genrepo, refresh-db, installations and the editor.
 */
export function servedOf(
  project: ProjectConfig,
  configuration: SaltConfiguration = loadSaltConfiguration(project, configuredRole(project)),
): Served {
  const isMinion = configuration.role === "minion";
  const source = isMinion ? sourcePath(textOption(configuration, "winrepo_source_dir")) : undefined;
  return {
    fileRoots: [...(configuredRoots(project, configuration) ?? []), ...project.fileRoots],
    kept: project.kept,
    serverPath: source ?? defaultServerPath,
  };
}

/**
 * The folders that stand for `salt://`, the first that has a file wins. The one place that decides it: lint, genrepo,
 * refresh-db, installations and the editor see the same files, each once. A folder that is a file root itself, or that
 * a root has the definitions of, is not shown a second time as the repository.
 * @param folder the folder that is worked on: a repository that stands alone, a part of one, or a file root
 * @param served see {@link servedOf}
 */
export function servedFolders(folder: string, { fileRoots, kept, serverPath }: Served): Mount[] {
  return shownFolders(folder, fileRoots, serverPath).map((mount) => ({ ...mount, hidden: kept }));
}

function shownFolders(folder: string, roots: readonly string[], serverPath: string): Mount[] {
  const configured = roots.map((root) => ({ at: "", folder: root }));
  const isServed = roots.some((root) => isFolder(path.join(root, serverPath)) && areNested(folder, root));
  if (isServed) return configured;
  if (isFolder(path.join(folder, serverPath))) return [...configured, { at: "", folder: path.resolve(folder) }];
  const own = serverPath === defaultServerPath ? [] : [{ at: serverPath, folder: path.resolve(folder) }];
  return [...configured, ...own, ...repositoryMounts(folder)];
}

/**
 * The folder that minions would have as their repository: the one at the source path in a file root that lies in `folder`,
 * or in `folder` itself; else `folder`, which then is the repository.
 */
export function repositoryFolder(folder: string, { fileRoots, serverPath }: Served): string {
  const inside = fileRoots.filter((root) => isInside(root, folder));
  return [...inside, folder].map((root) => path.join(root, serverPath)).find(isFolder) ?? folder;
}

/** The folders of `file_roots` in Salt's own configuration, or in the project's; undefined where neither sets them. */
export function configuredRoots(project: ProjectConfig, { options }: SaltConfiguration): string[] | undefined {
  const roots = options.get("file_roots");
  if (!roots || roots.origin.kind === "default") return undefined;
  const folders = (roots.value as { readonly [env: string]: unknown })[project.salt.saltenv];
  return Array.isArray(folders) ? folders.map((folder) => path.resolve(project.root, String(folder))) : [];
}

function areNested(one: string, other: string): boolean {
  return isInside(one, other) || isInside(other, one);
}

function isInside(folder: string, parent: string): boolean {
  const relative = path.relative(path.resolve(parent), path.resolve(folder));
  return relative === "" || !(relative.split(path.sep)[0] === ".." || path.isAbsolute(relative));
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
