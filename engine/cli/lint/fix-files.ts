import { lstat } from "node:fs/promises";
import { createTwoFilesPatch } from "diff";
import type { ProjectConfig } from "../../config/project.js";
import type { LintedDocument } from "../../lint/document.js";
import type { Finding } from "../../lint/finding.js";
import { fixAllWaiting } from "../../lint/fix.js";
import { finishAll, type LintFilesOptions } from "../../lint/lint.js";
import { lintTask } from "../../lint/lint-task.js";
import { NotFinished } from "../../render/render-host.js";
import { replaceFile, WriteError } from "../../replace-file.js";
import type { CliIo } from "../command.js";
import type { FileInFolder } from "./files.js";
import { setupsOf } from "./lint-files.js";

/** A file with what was changed in it, or would be. */
export interface FixedFile {
  /** The path to show. */
  readonly file: string;
  /** What each change does, in the words of its finding. */
  readonly changes: readonly string[];
  /** The change as `diff -u` shows it. */
  readonly diff: string;
}

export interface FixOptions {
  /** Change hints too. */
  readonly hints: boolean;
  /** False: only say what would be changed. */
  readonly write: boolean;
  /** Told of each file that cannot be written; the others are written all the same. */
  readonly failed: (message: string) => void;
}

/** Makes the safe changes in files. The documents are those of the files as they are afterwards. */
export async function fixFiles(
  linted: readonly { readonly file: FileInFolder & { readonly shown: string }; readonly document: LintedDocument }[],
  project: ProjectConfig,
  lintOptions: LintFilesOptions,
  io: Pick<CliIo, "renderHost" | "signal">,
  { hints, write, failed }: FixOptions,
): Promise<{ readonly documents: readonly LintedDocument[]; readonly fixed: readonly FixedFile[] }> {
  const documents = linted.map(({ document }) => document);
  const fixed: FixedFile[] = [];
  const setup = setupsOf(project, lintOptions.profiles);
  const wanted = (found: readonly Finding[]) => found.filter(({ severity }) => hints || severity !== "hint");
  for (const [index, { document, findings }] of finishAll(documents, lintOptions).entries()) {
    io.signal.throwIfAborted();
    const { file } = linted[index] as (typeof linted)[number];
    const { text } = document.lines;
    // A file that is not UTF-8 is shown as what it may mean; written back it would be another.
    const isText = Buffer.compare(Buffer.from(text, "utf8"), Buffer.from(file.source)) === 0;
    if (!isText || !wanted(findings).some(({ fix }) => fix)) continue;
    const trial = [...documents];
    let isLost = false;
    const result = await fixAllWaiting(text, async (source) => {
      const [relinted] = await io.renderHost.run(lintTask, setup(file.folder), [{ ...file, source }], io.signal);
      io.signal.throwIfAborted();
      isLost = !relinted || relinted instanceof NotFinished;
      if (!relinted || relinted instanceof NotFinished) return [];
      trial[index] = relinted;
      return wanted(finishAll(trial, lintOptions)[index]?.findings ?? []);
    });
    if (isLost) {
      failed(`${file.shown}: not changed, because linting it again takes too much memory`);
      continue;
    }
    if (result.text === text) continue;
    if (write) {
      // A link may lead to a file of anybody's: what it leads to is changed only under its own name.
      if ((await lstat(file.absolute ?? file.path)).isSymbolicLink()) {
        failed(`${file.shown}: not changed, because it is a symbolic link; fix the file that it leads to`);
        continue;
      }
      try {
        await replaceFile(file.absolute ?? file.path, result.text, { keepFile: true });
      } catch (error) {
        if (!(error instanceof WriteError)) throw error;
        failed(`${file.shown}: cannot be written: ${error.reason}; nothing is changed in it`);
        continue;
      }
      documents[index] = trial[index] as LintedDocument;
    }
    fixed.push({
      file: file.shown,
      changes: result.applied.map(({ title }) => title),
      diff: unifiedDiff(file.shown, text, result.text),
    });
  }
  return { documents, fixed };
}

function unifiedDiff(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after);
  // The library's first line is a ruler that `patch` and `git apply` pass over.
  return patch.replace(/^=+\n/, "");
}
