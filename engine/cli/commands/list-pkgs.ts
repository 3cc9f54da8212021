import type { Command } from "commander";
import { type InstalledEntry, installedSoftware } from "../../pkg/installed-software.js";
import { installedVersion, joinVersions, listPkgs, packagesOf } from "../../pkg/list-pkgs.js";
import type { CliCommand, CliIo, ExitStatus } from "../command.js";
import { onTarget } from "../pkg/on-target.js";
import { type TargetOptions, withTargetOptions } from "../pkg/options.js";

interface ListOptions extends TargetOptions {
  readonly versionsAsList?: boolean;
  readonly components: boolean;
  readonly updates: boolean;
}

export const listPkgsCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    withTargetOptions(
      program
        .command("list-pkgs")
        .summary("list what is installed on a target")
        .description(
          "Lists installed software as Salt's pkg.list_pkgs does: by short name where a definition has its full name.",
        ),
    )
      .option("--versions-as-list", "versions as a list instead of one text")
      .option("--no-components", "leave out system components")
      .option("--no-updates", "leave out updates")
      .action(run((options: ListOptions) => runList(options, io)));
  },
};

export const versionCommand: CliCommand = {
  register(program: Command, io: CliIo, run) {
    withTargetOptions(
      program
        .command("version")
        .summary("print the installed versions of packages")
        .description("Prints which versions of packages are installed, as Salt's pkg.version does.")
        .argument("<name...>", "short names"),
    ).action(run((names: string[], options: TargetOptions) => runVersion(names, options, io)));
  },
};

async function runList(options: ListOptions, io: CliIo): Promise<ExitStatus> {
  const { result, notes } = await onTarget({ options }, io, async ({ context: { target, repo, signal } }) => {
    const filter = { includeComponents: options.components, includeUpdates: options.updates };
    const entries = await installedSoftware(target, filter, signal);
    return { entries, packages: packagesOf(entries, repo), target: { name: target.name, kind: target.kind } };
  });
  const { entries, packages, target } = result;
  if (options.json) {
    const salt = options.versionsAsList ? Object.fromEntries(packages) : joinVersions(packages);
    io.stdout.json({ ...salt, winrepo: { target, entries, notes } });
    return 0;
  }
  for (const note of notes) io.stderr.write(`winrepo: ${note}\n`);
  io.stdout.write(tableOf(packages, entries));
  return 0;
}

async function runVersion(names: readonly string[], options: TargetOptions, io: CliIo): Promise<ExitStatus> {
  const { result: packages } = await onTarget({ options }, io, ({ context: { target, repo, signal } }) =>
    listPkgs(target, repo, {}, signal),
  );
  const answer = installedVersion(packages, names);
  if (options.json) io.stdout.json(answer);
  else if (typeof answer === "string") io.stdout.write(`${answer}\n`);
  else for (const [name, versions] of Object.entries(answer)) io.stdout.write(`${name} ${versions}\n`);
  return names.every((name) => packages.has(name)) ? 0 : 1;
}

/** Name, versions, and for what a definition names the display name. */
function tableOf(packages: ReadonlyMap<string, readonly string[]>, entries: readonly InstalledEntry[]): string {
  const display = new Set(entries.map(({ name }) => name));
  const width = Math.max(0, ...[...packages.keys()].map((name) => name.length));
  return [...packages]
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(
      ([name, versions]) =>
        `${name.padEnd(width)}  ${versions.join(", ")}${display.has(name) ? "  (no definition)" : ""}\n`,
    )
    .join("");
}
