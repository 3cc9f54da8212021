import { Command, CommanderError } from "commander";
import { loadProject } from "../config/project-loader.js";
import { UntrustedError } from "../config/untrusted.js";
import { forgetSecrets, rememberSecretsIn } from "../secrets.js";
import {
  type ActionRunner,
  type CliCommand,
  type CliIo,
  type CliWorld,
  type ExitStatus,
  UsageError,
} from "./command.js";
import { commands } from "./commands/index.js";
import { takeOptionsOnce } from "./options.js";
import { CommandOutput } from "./output.js";
import { withoutSaltArguments } from "./salt-arguments.js";
import { version } from "./version.js";

const trustOption = "--trust-project";

/** Runs `winrepo ARGS…` and gives the exit status. Never throws, never exits the process. */
export async function runCli(
  args: readonly string[],
  world: CliWorld,
  table: readonly CliCommand[] = commands,
): Promise<ExitStatus> {
  forgetSecrets();
  rememberSecretsIn(world.env);
  // Also for commands that ask nothing of the project: what it names as secret is known when they print.
  loadProject(world.cwd);
  const io: CliIo = {
    ...world,
    stdout: new CommandOutput(world.stdout, world.color),
    stderr: new CommandOutput(world.stderr),
  };
  let status: ExitStatus = 0;
  const run: ActionRunner =
    (action) =>
    async (...operands) => {
      status = await action(...operands);
    };

  const program = new Command("winrepo")
    .description("Lint, render and try Salt's Windows package definitions, without a Salt master.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`winrepo: ${text.replace(/^error: /, "")}`),
    })
    .exitOverride()
    // Each command takes it, wherever it stands.
    .option(
      trustOption,
      "trust this project for this command: settings of its file that start programs, choose identities or lead out of its folder count",
    );
  const operands = args.indexOf("--");
  const isTrust = (arg: string, index: number) => arg === trustOption && (operands < 0 || index < operands);
  const trusting = args.some(isTrust) ? { ...io, trustProject: true } : io;
  for (const command of table) command.register(program, trusting, run);
  takeOptionsOnce(program);

  try {
    const words = args.filter((arg, index) => !isTrust(arg, index));
    const ours = withoutSaltArguments(words, (option) => takesValue(program, words[0], option));
    for (const note of ours.notes) io.stderr.write(`winrepo: ${note}\n`);
    await program.parseAsync([...ours.args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(`winrepo: ${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError || error instanceof UntrustedError) return 2;
    if (io.env.WINREPO_DEBUG && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

/** Whether the word behind an option of a command belongs to it. */
function takesValue(program: Command, name: string | undefined, written: string): boolean {
  const command = program.commands.find((each) => each.name() === name);
  return (
    command?.options.some((option) => option.required && (option.short === written || option.long === written)) ?? false
  );
}
