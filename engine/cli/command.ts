import type { Command } from "commander";
import type { RenderHost } from "../render/render-host.js";
import type { CommandOutput, TextStream } from "./output.js";

/** Streams, environment and cancellation of the process: injected, so that tests run commands in process. */
export interface CliWorld {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** Whether stdout shows colours. */
  readonly color: boolean;
  readonly signal: AbortSignal;
  /** Where definitions are rendered. */
  readonly renderHost: RenderHost;
  /** `--trust-project`: the person trusts the project that this command works on. */
  readonly trustProject?: boolean;
}

/** The same for a command, which writes through {@link CommandOutput} only. */
export interface CliIo extends Omit<CliWorld, "stdout" | "stderr" | "color"> {
  readonly stdout: CommandOutput;
  /** Progress, warnings and errors. */
  readonly stderr: CommandOutput;
}

/** 0 fine, 1 problems found or operation failed, 2 wrong usage. */
export type ExitStatus = 0 | 1 | 2;

/**
 * One command of `winrepo`. `register` adds it to the program; its action must be `run(async (…) => status)`, which
 * turns what it resolves to into the exit status and a {@link UsageError} into one clear line and status 2.
 */
export interface CliCommand {
  register(program: Command, io: CliIo, run: ActionRunner): void;
}

// biome-ignore lint/suspicious/noExplicitAny: commander hands over operands and options as it parsed them
export type ActionRunner = <Args extends any[]>(
  action: (...args: Args) => Promise<ExitStatus>,
) => (...args: Args) => Promise<void>;

/** The user asked for something that cannot be: unknown path, bad option value, broken profile. One line, exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
