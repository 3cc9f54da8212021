import type { Command } from "commander";
import { install } from "../../pkg/install.js";
import { upgrade } from "../../pkg/upgrade.js";
import type { CliCommand, CliIo, ExitStatus } from "../command.js";
import { onTarget } from "../pkg/on-target.js";
import { packageOf, policyOf, type RunCommandOptions, withRunOptions } from "../pkg/options.js";
import { printAction } from "../pkg/print.js";
import { reportFile } from "../report/report-file.js";

interface InstallCommandOptions extends RunCommandOptions {
  readonly force?: boolean;
  readonly flags?: string;
}

export const installCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    withRunOptions(
      program
        .command("install")
        .summary("install packages on a target")
        .description(
          "Installs packages as Salt's pkg.install does, and compares what they changed with what their definitions say.",
        )
        .argument("<package...>", "NAME, or NAME=VERSION; without a version the newest, if none is installed"),
    )
      .option("-f, --force", "install also what is installed already")
      .option("--flags <text>", "added to install_flags; for one package only")
      .action(run((packages: string[], options: InstallCommandOptions) => runInstall(packages, options, io)));
  },
};

export const upgradeCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    withRunOptions(
      program
        .command("upgrade")
        .summary("install newer versions of what is installed")
        .description("Installs what list-upgrades names. Salt's own pkg.upgrade does nothing on Windows.")
        .argument("[name...]", "only these packages"),
    ).action(run((names: string[], options: RunCommandOptions) => runUpgrade(names, options, io)));
  },
};

async function runInstall(packages: readonly string[], options: InstallCommandOptions, io: CliIo): Promise<ExitStatus> {
  const pkgs = packages.map(packageOf);
  const title = `install ${packages.join(" ")}`;
  const writeReport = reportFile(options.report, io);
  const { result, notes } = await onTarget({ options, purpose: title }, io, ({ context }) =>
    install(
      context,
      { pkgs },
      {
        ...policyOf(options),
        ...(options.force && { force: true }),
        ...(options.flags !== undefined && { extraInstallFlags: options.flags }),
      },
    ),
  );
  return printAction(result, notes, { title, json: options.json, writeReport }, io);
}

async function runUpgrade(names: readonly string[], options: RunCommandOptions, io: CliIo): Promise<ExitStatus> {
  const title = ["upgrade", ...names].join(" ");
  const writeReport = reportFile(options.report, io);
  const { result, notes } = await onTarget({ options, purpose: title }, io, ({ context }) =>
    upgrade(context, names, policyOf(options)),
  );
  return printAction(result, notes, { title, json: options.json, writeReport }, io);
}
