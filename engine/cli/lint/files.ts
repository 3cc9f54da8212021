import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { projectExclusions } from "../../config/exclusions.js";
import type { ProjectConfig } from "../../config/project.js";
import { type Classification, classify, fileKindNames, mayBeDefinition } from "../../definition/classify.js";
import { isReallyBelow } from "../../files/inside.js";
import type { LintInput } from "../../lint/lint-task.js";
import type { Mount } from "../../render/file-server.js";
import { discoverDefinitions } from "../../repo/discover.js";
import { readDefinition, UnreadableFile } from "../../repo/read-definition.js";
import { servedFolders, servedOf } from "../../repo/served-folders.js";
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

/** Which files the project's `exclude` keeps out: all, also those that are named, or none. */
export type Exclusion = "all" | "none";

/** Whether a file of these folders is another one, outside of them: what is printed of it may go to a log that everybody reads. */
function leavesByLink(file: string, folders: readonly string[]): boolean {
  if (folders.some((folder) => isReallyBelow(folder, file))) return false;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/**
 * The files that a command line names: files as they are, folders with the definitions below them.
 * @throws UsageError for a path that does not exist
 */
export async function namedFiles(
  paths: readonly string[],
  project: ProjectConfig,
  io: CliIo,
  exclude: Exclusion = "all",
): Promise<NamedFile[]> {
  const found = new Map<string, NamedFile>();
  const matches = projectExclusions(exclude === "none" ? { ...project, exclude: [] } : project);
  const isExcluded = (absolute: string) => matches(slashes(path.relative(project.root, absolute)));
  for (const named of paths) {
    const absolute = path.resolve(io.cwd, named);
    const status = await stat(absolute).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${named}: ${error.code === "ENOENT" ? "no such file or folder" : error.message}`);
    });
    if (!status.isDirectory()) {
      // Hooks name files without knowing what the project leaves out.
      if (exclude === "all" && isExcluded(absolute)) {
        io.stderr.write(`winrepo: ${named}: left out as the project file says; --no-exclude takes it all the same\n`);
        continue;
      }
      found.set(absolute, { absolute, shown: slashes(named), folder: path.dirname(absolute), named: true });
      continue;
    }
    const { files, notes } = await discoverDefinitions(absolute, { kept: project.kept, signal: io.signal });
    for (const note of notes) io.stderr.write(`winrepo: ${note}\n`);
    for (const file of files) {
      if (found.has(file.absolute) || isExcluded(file.absolute)) continue;
      if (!project.trusted && leavesByLink(file.absolute, [absolute, project.root])) {
        io.stderr.write(
          `winrepo: ${file.path}: passed over, because it leads out of the project by a symbolic link and nobody said that they trust it (winrepo trust)\n`,
        );
        continue;
      }
      const shown = slashes(path.join(named, file.path));
      found.set(file.absolute, { absolute: file.absolute, shown, folder: absolute, named: false });
    }
  }
  return [...found.values()];
}

/** Which of the folders that a command line names have none of the files in or below them. */
export async function foldersWithout(
  files: readonly { readonly absolute?: string }[],
  named: readonly string[],
  { cwd }: Pick<CliIo, "cwd">,
): Promise<string[]> {
  const without: string[] = [];
  for (const each of named) {
    const folder = path.resolve(cwd, each);
    const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
    const isBelow = (file: string) => !path.relative(folder, file).startsWith("..");
    if (isFolder && !files.some(({ absolute }) => absolute !== undefined && isBelow(absolute))) without.push(each);
  }
  return without;
}

/** A file with the folder that was named, where its imports are looked up. */
export type FileInFolder = LintInput & { readonly folder: string };

/** A file that is not linted, and what it is instead of a definition. */
export interface PassedOver {
  readonly file: NamedFile;
  readonly what: Classification;
}

/** What there is to lint among files, in their order. */
export interface Lintable {
  readonly files: readonly (FileInFolder & { readonly shown: string })[];
  readonly passedOver: readonly PassedOver[];
}

/**
 * Reads files to lint, and sets aside what is no definition.
 * @param unreadable is told of each file that cannot be read
 */
export async function readLintFiles(
  files: readonly NamedFile[],
  project: ProjectConfig,
  io: CliIo,
  unreadable: (file: NamedFile, error: UnreadableFile) => void,
): Promise<Lintable> {
  const read: { readonly file: NamedFile; readonly source: Buffer; readonly what: Classification }[] = [];
  for (const file of files) {
    io.signal.throwIfAborted();
    try {
      const source = await readDefinition(file.absolute);
      read.push({ file, source, what: classify(source.toString("utf8"), file.absolute) });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      unreadable(file, error);
    }
  }
  const definitions = read.filter(({ what }) => what.kind === "definition").length;
  const others = read.filter(({ what }) => what.kind !== "definition" && what.kind !== "other").length;
  const isRepository = definitions >= others;
  return {
    files: read
      .filter(({ file, what }) => isLinted(file, what, isRepository))
      .map(({ file, source }) => ({
        path: slashes(path.relative(project.root, file.absolute)),
        absolute: file.absolute,
        shown: file.shown,
        source,
        folder: file.folder,
      })),
    passedOver: read.filter(({ file, what }) => !isLinted(file, what, isRepository)),
  };
}

/** What a person is told of a file that was named and is not linted. */
export function passedOverNote({ kind, reason }: Classification): string {
  return `not linted: ${fileKindNames[kind]}, no package definition (${reason})`;
}

/** @param isRepository whether at least half of the files are definitions: then what looks like pillar data is one gone wrong */
function isLinted({ absolute, named }: NamedFile, what: Classification, isRepository: boolean): boolean {
  if (mayBeDefinition(what, absolute)) return true;
  return what.kind === "pillar" && (named || isRepository) && !/[\\/]pillar[\\/]/.test(absolute);
}

/** What the file server shows for a folder of definitions: the project's roots first, then the folder where a minion has it. */
export function mountsOf(project: ProjectConfig): (folder: string) => readonly Mount[] {
  const known = new Map<string, readonly Mount[]>();
  const served = servedOf(project);
  return (folder) => {
    let mounts = known.get(folder);
    if (!mounts) {
      mounts = servedFolders(folder, served);
      known.set(folder, mounts);
    }
    return mounts;
  };
}

export function slashes(file: string): string {
  return file.split(path.sep).join("/");
}
