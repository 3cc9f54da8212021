import type { Profile } from "../../config/profile.js";
import type { ProjectConfig } from "../../config/project.js";
import type { LintedDocument } from "../../lint/document.js";
import { type LintSetup, lintTask } from "../../lint/lint-task.js";
import { runInBatches } from "../../render/batches.js";
import { NotFinished } from "../../render/render-host.js";
import type { CliIo } from "../command.js";
import { type FileInFolder, mountsOf } from "./files.js";

/** Each file that was linted to its end, in order. @param lost takes those that were not */
export async function lintFiles<File extends FileInFolder>(
  files: readonly File[],
  project: ProjectConfig,
  profiles: readonly Profile[],
  { renderHost, signal }: Pick<CliIo, "renderHost" | "signal">,
  lost: (file: File) => void,
): Promise<readonly { readonly file: File; readonly document: LintedDocument }[]> {
  const setup = setupsOf(project, profiles);
  const documents = new Map<File, LintedDocument>();
  // Those of one folder together: what their imports are looked up in is copied to a worker once.
  for (const folder of new Set(files.map((file) => file.folder))) {
    const within = files.filter((file) => file.folder === folder);
    const take = (result: LintedDocument | NotFinished, index: number) => {
      const file = within[index] as File;
      if (result instanceof NotFinished) lost(file);
      else documents.set(file, result);
    };
    await runInBatches(renderHost, lintTask, setup(folder), within, take, signal);
  }
  return files.flatMap((file) => {
    const document = documents.get(file);
    return document ? [{ file, document }] : [];
  });
}

/** What the files of a folder are linted with: one object for each, for what is the same is copied to a worker once. */
export function setupsOf(project: ProjectConfig, profiles: readonly Profile[]): (folder: string) => LintSetup {
  const mounts = mountsOf(project);
  const known = new Map<string, LintSetup>();
  return (folder) => {
    let setup = known.get(folder);
    if (!setup) {
      setup = { profiles, lint: project.lint, settings: { mounts: mounts(folder), saltenv: project.salt.saltenv } };
      known.set(folder, setup);
    }
    return setup;
  };
}
