import { type Command, InvalidArgumentError, Option } from "commander";
import type { RunPolicy } from "../../pkg/context.js";
import { firstReleases } from "../../salt-version/features.js";
import { UsageError } from "../command.js";

/** Options of every command that works on a target. */
export interface TargetOptions {
  readonly target?: string;
  readonly json?: boolean;
  /** Of the commands that run programs. */
  readonly dryRun?: boolean;
}

/** Options of every command that runs programs on a target. */
export interface RunCommandOptions extends TargetOptions {
  readonly shell?: "cmd" | "none";
  /** Milliseconds. */
  readonly timeout?: number;
  readonly verifySsl: boolean;
  readonly reportReboot: boolean;
  /** Where an HTML page about the run goes. */
  readonly report?: string;
}

export function withTargetOptions(command: Command): Command {
  return command
    .option("-t, --target <name>", "the machine to work on (default: the simulated one of this project)")
    .option("--json", "print what Salt returns, and under `winrepo` what is known beyond it");
}

export function withRunOptions(command: Command): Command {
  return withTargetOptions(command)
    .option("-n, --dry-run", "say what would be fetched and run, and do nothing")
    .addOption(
      new Option(
        "--shell <kind>",
        `how command lines reach Windows (default: as the machine's Salt does it; none since ${firstReleases("no-shell")})`,
      ).choices(["cmd", "none"]),
    )
    .option("--timeout <seconds>", "when a program counts as waiting for a person (default: 1800)", seconds)
    .option("--no-verify-ssl", "accept any certificate of a server")
    .option("--no-report-reboot", "do not mark the machine when a program asks for a restart")
    .option("--report <file>", "also write what was done, found and should be corrected as an HTML page");
}

export function policyOf(options: RunCommandOptions): RunPolicy {
  return {
    ...(options.shell && { shell: options.shell }),
    verifyTls: options.verifySsl,
    reportRebootExitCodes: options.reportReboot,
    ...(options.timeout !== undefined && { timeoutMs: options.timeout }),
    ...(options.dryRun && { dryRun: true }),
  };
}

/** `NAME` or `NAME=VERSION` as Salt's `pkgs` takes it. */
export function packageOf(operand: string): string | { readonly [name: string]: string } {
  const at = operand.indexOf("=");
  if (at < 0) return operand;
  const name = operand.slice(0, at);
  const version = operand.slice(at + 1);
  if (name === "" || version === "") throw new UsageError(`${operand}: write NAME=VERSION`);
  return { [name]: version };
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError("It must be a number of seconds.");
  return value * 1000;
}
