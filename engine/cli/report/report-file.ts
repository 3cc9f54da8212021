import { statSync } from "node:fs";
import path from "node:path";
import { replaceFile } from "../../replace-file.js";
import { type CliIo, UsageError } from "../command.js";
import { type RunOutcome, renderRunReport } from "./run-report.js";

/** Writes the report of a run where the person wants it; does nothing where none is wanted. */
export type WriteReport = (outcome: RunOutcome) => Promise<void>;

/**
 * Looks at the place before anything is done on a target.
 * @throws UsageError when no file can be written there
 */
export function reportFile(named: string | undefined, io: CliIo): WriteReport {
  if (named === undefined) return async () => {};
  const file = path.resolve(io.cwd, named);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`${named}: a folder; name a file`);
  if (!statSync(path.dirname(file), { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${named}: there is no folder ${path.dirname(file)}`);
  }
  return async (outcome) => {
    await replaceFile(file, await renderRunReport(outcome, { cwd: io.cwd, date: new Date() }));
    io.stderr.write(`Report in ${named}\n`);
  };
}
