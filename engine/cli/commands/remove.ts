import type { Command } from "commander";
import { remove } from "../../pkg/remove.js";
import type { CliCommand, CliIo, ExitStatus } from "../command.js";
import { onTarget } from "../pkg/on-target.js";
import { packageOf, policyOf, type RunCommandOptions, withRunOptions } from "../pkg/options.js";
import { printAction } from "../pkg/print.js";
import { reportFile } from "../report/report-file.js";

interface RemoveCommandOptions extends RunCommandOptions {
  readonly flags?: string;
}

export const removeCommand: CliCommand = removing("remove", "Removes packages as Salt's pkg.remove does.");

export const purgeCommand: CliCommand = removing("purge", "The same as remove: Salt knows no difference on Windows.");

function removing(name: string, description: string): CliCommand {
  return {
    register(program: Command, io: CliIo, run) {
      withRunOptions(
        program
          .command(name)
          .summary(name === "remove" ? "remove packages from a target" : "the same as remove")
          .description(description)
          .argument("<package...>", "NAME, or NAME=VERSION; without a version all that are installed"),
      )
        .option("--flags <text>", "added to uninstall_flags")
        .action(run((packages: string[], options: RemoveCommandOptions) => runRemove(name, packages, options, io)));
    },
  };
}

async function runRemove(
  name: string,
  packages: readonly string[],
  options: RemoveCommandOptions,
  io: CliIo,
): Promise<ExitStatus> {
  const pkgs = packages.map(packageOf);
  const title = `${name} ${packages.join(" ")}`;
  const writeReport = reportFile(options.report, io);
  const { result, notes } = await onTarget({ options, purpose: title }, io, ({ context }) =>
    remove(
      context,
      { pkgs },
      { ...policyOf(options), ...(options.flags !== undefined && { extraUninstallFlags: options.flags }) },
    ),
  );
  return printAction(result, notes, { title, json: options.json, writeReport }, io);
}
