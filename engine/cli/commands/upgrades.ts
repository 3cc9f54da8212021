import { listPkgs } from "../../pkg/list-pkgs.js";
import type { WinrepoData } from "../../repo/database.js";
import {
  type InstalledVersions,
  latestVersionOf,
  listUpgrades,
  newestVersion,
  upgradeAvailable,
} from "../../repo/queries.js";
import type { CliCommand, CliIo, ExitStatus } from "../command.js";
import { onTarget } from "../pkg/on-target.js";
import { type TargetOptions, withTargetOptions } from "../pkg/options.js";

/** What is defined, and what is installed on the target that the options name. */
async function queryTarget(
  options: TargetOptions,
  io: CliIo,
): Promise<{ data: WinrepoData; installed: InstalledVersions }> {
  const { result, notes } = await onTarget({ options }, io, async ({ context: { target, repo, signal } }) => ({
    data: repo,
    installed: await listPkgs(target, repo, {}, signal),
  }));
  for (const note of notes) io.stderr.write(`winrepo: ${note}\n`);
  return result;
}

export const latestVersionCommand: CliCommand = {
  register(program, io, run) {
    withTargetOptions(
      program
        .command("latest-version")
        .summary("print the version that an upgrade of a package would bring")
        .description("Prints the newest version that is newer than what the target has, as pkg.latest_version does.")
        .argument("<name...>", "short names"),
    ).action(run((names: string[], options: TargetOptions) => runLatestVersion(names, options, io)));
  },
};

async function runLatestVersion(names: string[], options: TargetOptions, io: CliIo): Promise<ExitStatus> {
  const { data, installed } = await queryTarget(options, io);
  const answer = latestVersionOf(data, names, installed);
  if (options.json) {
    io.stdout.json(answer instanceof Map ? Object.fromEntries(answer) : answer);
    return 0;
  }
  const versions = answer instanceof Map ? answer : new Map([[names[0] as string, answer]]);
  for (const [name, version] of versions) {
    const present = installed.get(name)?.join(", ");
    const newest = newestVersion(data, name);
    if (version !== "") io.stdout.write(`${name} ${version}${present ? ` (installed: ${present})` : ""}\n`);
    else if (newest === "") io.stdout.write(`${name}: not defined\n`);
    else io.stdout.write(`${name}: up to date (installed: ${present ?? "nothing"}, defined: ${newest})\n`);
  }
  return 0;
}

export const upgradeAvailableCommand: CliCommand = {
  register(program, io, run) {
    withTargetOptions(
      program
        .command("upgrade-available")
        .summary("tell whether a package could be upgraded")
        .description("Prints true or false, as pkg.upgrade_available does.")
        .argument("<name>", "short name"),
    ).action(
      run(async (name: string, options: TargetOptions) => {
        const { data, installed } = await queryTarget(options, io);
        io.stdout.write(`${upgradeAvailable(data, name, installed)}\n`);
        return 0;
      }),
    );
  },
};

export const listUpgradesCommand: CliCommand = {
  register(program, io, run) {
    withTargetOptions(
      program
        .command("list-upgrades")
        .summary("list installed packages of which a newer version is defined")
        .description("Lists installed packages of which a newer version is defined, as pkg.list_upgrades does."),
    ).action(
      run(async (options: TargetOptions) => {
        const { data, installed } = await queryTarget(options, io);
        const upgrades = listUpgrades(data, installed);
        if (options.json) io.stdout.json(Object.fromEntries(upgrades));
        else if (upgrades.size === 0) io.stdout.write("Nothing installed has a newer version.\n");
        else for (const [name, to] of upgrades) io.stdout.write(`${name} ${installed.get(name)?.join(", ")} → ${to}\n`);
        return 0;
      }),
    );
  },
};
