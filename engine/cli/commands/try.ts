import type { Command } from "commander";
import { tryText } from "../../pkg/report-text.js";
import { tryPackage } from "../../pkg/try.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { onTarget } from "../pkg/on-target.js";
import { packageOf, policyOf, type RunCommandOptions, withRunOptions } from "../pkg/options.js";
import { reportFile } from "../report/report-file.js";
import { tryOutcome } from "../report/run-report.js";

export const tryCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    withRunOptions(
      program
        .command("try")
        .summary("install and remove a package on a copy of a target")
        .description(
          "Installs a package on a copy of the target that is thrown away, checks name and version, removes it again, and " +
            "checks that nothing of it is left.",
        )
        .argument("<package>", "NAME, or NAME=VERSION"),
    ).action(run((operand: string, options: RunCommandOptions) => runTry(operand, options, io)));
  },
};

async function runTry(operand: string, options: RunCommandOptions, io: CliIo): Promise<ExitStatus> {
  const wanted = packageOf(operand);
  const [name = "", version] = typeof wanted === "string" ? [wanted] : (Object.entries(wanted)[0] ?? []);
  if (name === "") throw new UsageError("name a package");
  const writeReport = reportFile(options.report, io);
  const { result, notes } = await onTarget({ options, throwAway: true }, io, ({ context }) =>
    tryPackage(context, { name, ...(version !== undefined && { version }) }, policyOf(options)),
  );
  if (options.json) io.stdout.json({ winrepo: { ...result, notes } });
  else io.stdout.write([...notes.map((note) => `  note     ${note}\n`), tryText(result, io.cwd)].join(""));
  await writeReport({ ...tryOutcome(operand, result), notes });
  return result.ok ? 0 : 1;
}
