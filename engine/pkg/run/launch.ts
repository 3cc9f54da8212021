import { CommandLineError } from "../../process/windows-quoting.js";
import { type RunOptions, StartError, type Target, TargetError } from "../../target/target.js";
import { repr } from "../../value/repr.js";
import { PackageFailure } from "../failure.js";
import { type CommandLine, lineOf } from "../plan/command-line.js";
import type { CommandReport } from "../report.js";

/** Windows Installer's "success, restart to finish". */
export const rebootRequired = 3010;
/** Windows Installer's "success, and it is restarting already". */
const rebootInitiated = 1641;

export interface LaunchOptions {
  readonly cwd: string | undefined;
  readonly timeoutMs: number;
  readonly shell: "cmd" | "none";
  readonly signal?: AbortSignal;
  readonly expected?: RunOptions["expected"];
}

/** The text that Salt gives an exit code (salt-reference §7.9); undefined for a failure. */
export function statusOf(exitCode: number | undefined): string {
  switch (exitCode) {
    case 0:
      return "success";
    case rebootRequired:
      return "success, reboot required";
    case rebootInitiated:
      return "success, reboot initiated";
    default:
      return "failed";
  }
}

/** Runs a command on the target to its end or its time limit. */
export async function launch(target: Target, command: CommandLine, options: LaunchOptions): Promise<CommandReport> {
  const { cwd } = options;
  const line = lineOf(command);
  checkCommand(command);
  const started = Date.now();
  try {
    const result = await target.run(line, runOptions(options));
    return {
      line,
      ...((result.cwd ?? cwd) && { cwd: result.cwd ?? cwd }),
      ...(result.exitCode !== undefined && { exitCode: result.exitCode }),
      ...(result.timedOut && { timedOut: true }),
      milliseconds: Date.now() - started,
      ...(result.output && { output: result.output }),
      ...(result.notes?.length && { notes: result.notes }),
      ...(result.assumed && { assumed: true }),
    };
  } catch (error) {
    if (error instanceof CommandLineError) throw unfit(error);
    if (!(error instanceof TargetError)) throw error;
    throw notStarted(command, cwd, error);
  }
}

/**
 * Hands a command to the task scheduler, as Salt's task `update-salt-software` (salt-reference §7.8). False when it did
 * not start.
 */
export async function schedule(
  target: Target,
  command: CommandLine,
  options: LaunchOptions & { readonly wait: boolean },
): Promise<{ readonly report: CommandReport; readonly started: boolean }> {
  const { cwd, wait } = options;
  const started = await target.runTask(
    { name: "update-salt-software", ...command, ...(cwd && { cwd }), wait },
    runOptions(options),
  );
  return { report: { line: lineOf(command), ...(cwd && { cwd }), scheduled: true }, started };
}

/** @throws PackageFailure for a command line that no program can be started with, wherever it is to run */
export function checkCommand(command: CommandLine): void {
  if (!lineOf(command).includes("\0")) return;
  const message = `The command line for ${command.program} holds a NUL character, which no command line of Windows can. Nothing was run.`;
  const salt = { exception: "ValueError", message: "embedded null character" };
  throw new PackageFailure({ code: "run-failed", message, salt });
}

function unfit(error: CommandLineError): PackageFailure {
  const message = `${error.message} Nothing was run. Write the installer and its flags in one line.`;
  return new PackageFailure({ code: "run-failed", message }, { cause: error });
}

function runOptions({ cwd, timeoutMs, shell, signal, expected }: LaunchOptions): RunOptions {
  return { timeoutMs, shell, ...(cwd && { cwd }), ...(signal && { signal }), ...(expected && { expected }) };
}

/** A folder without its drive or server. */
const isRelative = (folder: string | undefined): boolean => Boolean(folder) && !/^(?:[A-Za-z]:)?[\\/]/.test(folder!);

function notStarted(command: CommandLine, cwd: string | undefined, error: TargetError): PackageFailure {
  const noFolder = error instanceof StartError ? error.windowsError === undefined : isRelative(cwd);
  const hint = noFolder
    ? ` Salt starts the program in the folder part of \`installer\` as it is written, without expanding variables or taking quotes away: write the whole path alone.`
    : "";
  return new PackageFailure(
    {
      code: noFolder ? "path-not-absolute" : "run-failed",
      key: "installer",
      message: `"${command.program}" could not be started. ${error.message}${hint}`,
      ...((error instanceof StartError || noFolder) && {
        salt: { exception: "CommandExecutionError", message: saltMessage(lineOf(command), cwd, error) },
      }),
    },
    { cause: error },
  );
}

/** What Salt's `cmd.run_all` raises (salt-reference §7.7). */
function saltMessage(line: string, asked: string | undefined, error: TargetError): string {
  const { cwd, windowsError = undefined } = error instanceof StartError ? error : { cwd: asked ?? "" };
  if (!windowsError) return `Specified cwd '${cwd}' either not absolute or does not exist`;
  const context = `{'cwd': ${repr(cwd)}, 'shell': False, 'stdout': -1, 'stderr': -2, 'with_communicate': True, 'timeout': None, 'bg': False}`;
  const reason = `[WinError ${windowsError.number}] ${windowsError.reason}`;
  return `Unable to run command '${line}' with the context '${context}', reason: ${reason}`;
}
