import { stat } from "node:fs/promises";
import path from "node:path";
import { pathMatcher } from "../../config/path-glob.js";
import type { ProjectConfig } from "../../config/project.js";
import { looksLikeDefinition, looksLikeState } from "../../definition/detect.js";
import type { LintFile } from "../../lint/lint.js";
import { DiskFileServer, type FileServer, repositoryMounts } from "../../render/file-server.js";
import { discoverDefinitions } from "../../repo/discover.js";
import { readDefinition } from "../../repo/read-definition.js";
import { type CliIo, UsageError } from "../command.js";

/** A definition on disk. */
export interface NamedFile {
  readonly absolute: string;
  /** As it was named: what findings show, with `/`. */
  readonly shown: string;
  /** The folder that was named, or the file's own: where imports are looked up. */
  readonly folder: string;
  /** Whether the file itself was named, not only a folder above it. */
  readonly named: boolean;
}

/**
 * The files that a command line names: files as they are, folders with the definitions below them.
 * @throws UsageError for a path that does not exist
 */
export async function namedFiles(paths: readonly string[], project: ProjectConfig, io: CliIo): Promise<NamedFile[]> {
  const found = new Map<string, NamedFile>();
  const isExcluded = pathMatcher(project.exclude);
  for (const named of paths) {
    const absolute = path.resolve(io.cwd, named);
    const status = await stat(absolute).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${named}: ${error.code === "ENOENT" ? "no such file or folder" : error.message}`);
    });
    if (!status.isDirectory()) {
      found.set(absolute, { absolute, shown: slashes(named), folder: path.dirname(absolute), named: true });
      continue;
    }
    const { files, notes } = await discoverDefinitions(absolute, { signal: io.signal });
    for (const note of notes) io.stderr.write(`winrepo: ${note}\n`);
    for (const file of files) {
      if (found.has(file.absolute) || isExcluded(slashes(path.relative(project.root, file.absolute)))) continue;
      const shown = slashes(path.join(named, file.path));
      found.set(file.absolute, { absolute: file.absolute, shown, folder: absolute, named: false });
    }
    if (files.length === 0) io.stderr.write(`winrepo: ${named}: no .sls files in this folder\n`);
  }
  return [...found.values()];
}

/**
 * Reads a file to lint; `state` for a state file that merely lies in the folder.
 * @throws UnreadableFile
 */
export async function readLintFile(
  file: NamedFile,
  project: ProjectConfig,
  serverFor: (folder: string) => FileServer,
): Promise<LintFile | "state"> {
  const source = await readDefinition(file.absolute);
  if (!file.named && isStateOnly(source, file.shown)) return "state";
  return {
    path: slashes(path.relative(project.root, file.absolute)),
    absolute: file.absolute,
    source,
    fileServer: serverFor(file.folder),
  };
}

function isStateOnly(source: Buffer, shown: string): boolean {
  const text = source.toString("utf8");
  return looksLikeState(text) && !looksLikeDefinition(text, shown);
}

/** The file server of a folder of definitions: the project's roots first, then the folder where a minion has it. */
export function fileServers(project: ProjectConfig): (folder: string) => FileServer {
  const known = new Map<string, FileServer>();
  return (folder) => {
    let server = known.get(folder);
    if (!server) {
      const roots = project.fileRoots.map((root) => ({ at: "", folder: root }));
      server = new DiskFileServer([...roots, ...repositoryMounts(folder)]);
      known.set(folder, server);
    }
    return server;
  };
}

export function slashes(file: string): string {
  return file.split(path.sep).join("/");
}
