import { stat } from "node:fs/promises";
import path from "node:path";
import type { NamedProject } from "../../config/project-loader.js";
import { loadProject } from "../../config/project-loader.js";
import { trustNeeds } from "../../config/trust-needs.js";
import { forgetTrust, rememberTrust } from "../../state/trust.js";
import { type CliCommand, type CliIo, type ExitStatus, UsageError } from "../command.js";
import { stateOf } from "../repo/common.js";

interface TrustOptions {
  readonly remove?: boolean;
}

export const trustCommand: CliCommand = {
  register(program, io, run) {
    program
      .command("trust")
      .summary("say that you trust a project")
      .description(
        "Remembers, in your own state folder, that you trust a project as it is now. Settings of its project file that start " +
          "programs, choose identities or lead out of its folder count only then. When the file changes, say it again.",
      )
      .argument("[folder]", "the project (default: this folder)")
      .option("--remove", "trust it no longer")
      .action(run((folder: string | undefined, options: TrustOptions) => trust(folder, options, io)));
  },
};

async function trust(folder: string | undefined, options: TrustOptions, io: CliIo): Promise<ExitStatus> {
  const named = path.resolve(io.cwd, folder ?? "");
  if (!(await stat(named).catch(() => undefined))?.isDirectory()) throw new UsageError(`${folder}: no such folder`);
  const { config, text } = loadProject(named);
  const project: NamedProject = { root: config.root, file: config.file, text };
  const state = stateOf(config, io);
  if (options.remove) {
    const was = forgetTrust(project, state);
    io.stdout.write(`${config.root} is ${was ? "no longer" : "not"} trusted.\n`);
    return 0;
  }
  rememberTrust(project, state);
  const needs = trustNeeds(config).map(({ setting, reason }) => `  ${setting} ${reason}\n`);
  io.stdout.write(
    `You trust ${config.file ?? config.root} as it is now.\n${needs.length > 0 ? `What counts from now on:\n${needs.join("")}` : ""}`,
  );
  return 0;
}
