import { existsSync } from "node:fs";
import path from "node:path";
import type { ProjectConfig } from "../../config/project.js";
import type { Baseline, BaselineEntry } from "../../lint/baseline.js";
import type { CliIo } from "../command.js";

/**
 * The entries of a baseline that a run has nothing to say about: those of files that it did not look at. An entry goes
 * with its file when a folder was linted in which the file no longer is.
 * @param documents what was looked at, by paths below the project's folder
 * @param named what the command line names
 */
export function entriesNotLookedAt(
  baseline: Baseline,
  documents: readonly { readonly path: string }[],
  named: readonly string[],
  { root }: Pick<ProjectConfig, "root">,
  { cwd }: Pick<CliIo, "cwd">,
): BaselineEntry[] {
  const lookedAt = new Set(documents.map((document) => document.path));
  const folders = named.map((each) => path.resolve(cwd, each));
  const isGone = (file: string) =>
    !existsSync(file) && folders.some((folder) => !path.relative(folder, file).startsWith(".."));
  return baseline.entries.filter(({ file }) => !lookedAt.has(file) && !isGone(path.resolve(root, file)));
}
