import { statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { viaCmd } from "../../process/cmd-escaping.js";
import { ProcessError, run } from "../../process/run.js";
import { runLine } from "../../process/run-line.js";
import { splitProgram } from "../../process/windows-quoting.js";
import { HostFiles } from "../host-files.js";
import type { Connection, ToolLimits } from "../real/connection.js";
import { RealTarget } from "../real/real-target.js";
import { type RunOptions, type RunResult, StartError, TargetError } from "../target.js";
import { findProgram } from "./find-program.js";

const defaultLimitMs = 30 * 60_000;

/** This machine, when it is a Windows. */
export class WindowsConnection implements Connection {
  readonly kind = "windows";
  readonly tempFolder = tmpdir();
  readonly hasScheduler = true;
  readonly #files = new HostFiles({
    drive: (letter) => `${letter}:\\`,
    share: (server, share) => `\\\\${server}\\${share}\\`,
  });

  async run(commandLine: string, options: RunOptions): Promise<RunResult> {
    const line = options.shell === "cmd" ? viaCmd(commandLine) : commandLine;
    const { program } = splitProgram(line);
    if (line.includes("\0")) throw new TargetError("A text for Windows cannot hold a NUL character.");
    const cwd = options.cwd || homedir();
    if (!/^(?:[a-z]:)?[\\/]/i.test(cwd) || kindOf(cwd) !== "folder") throw StartError.noFolder(program, cwd);
    const found = findProgram(line, { variable: (name) => process.env[name], kind: kindOf });
    if ("error" in found) throw refused(program, cwd, found.error);
    const [file, whole] = found.isBatch ? [cmdFile(), viaCmd(line)] : [found.file, line];
    return startProgram(file, whole, program, { ...options, cwd });
  }

  async tool(program: string, args: readonly string[], limits: ToolLimits): Promise<RunResult> {
    const result = await run(program, args, { ...limits, capture: "file" }).catch((error: unknown) => {
      throw error instanceof ProcessError ? new TargetError(error.message) : error;
    });
    return { exitCode: result.exitCode, output: result.stdout, timedOut: result.timedOut };
  }

  put(localFile: string, path: string): Promise<void> {
    return this.#files.put(localFile, path);
  }

  get(path: string, localFile: string): Promise<void> {
    return this.#files.get(path, localFile);
  }

  async exists(path: string): Promise<boolean> {
    return this.#files.exists(path);
  }

  async isFolder(path: string): Promise<boolean> {
    return this.#files.isFolder(path);
  }

  remove(path: string): Promise<void> {
    return this.#files.remove(path);
  }

  discard(path: string): Promise<void> {
    return this.#files.remove(path).catch(() => undefined);
  }

  hash(path: string, algorithm: string): Promise<string> {
    return this.#files.hash(path, algorithm);
  }

  async close(): Promise<void> {}
}

/** Windows itself starts batch files through cmd; Node does not. */
const cmdFile = (): string => `${process.env.SystemRoot ?? "C:\\Windows"}\\System32\\cmd.exe`;

async function startProgram(
  file: string,
  line: string,
  program: string,
  { cwd, timeoutMs = defaultLimitMs, signal }: RunOptions & { readonly cwd: string },
): Promise<RunResult> {
  const { rest } = splitProgram(line);
  // The line is finished: its first word too stays as it was written.
  const argv0 = line.trimStart().slice(0, line.trimStart().length - rest.length);
  try {
    const result = await runLine({ file, argv0, rest }, { cwd, timeoutMs, ...(signal && { signal }) });
    return {
      exitCode: result.exitCode === undefined ? undefined : result.exitCode >>> 0,
      output: result.stdout,
      timedOut: result.timedOut,
      cwd,
      ...(result.timedOut && { notes: ["the time limit was reached; the program and what it started were ended"] }),
    };
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    throw refused(program, cwd, error.code === "ENOENT" ? 2 : error.code === "EACCES" ? 5 : 193);
  }
}

/** Windows' own words, in English, for the errors that Node tells by its own names. */
const reasons: { readonly [number: number]: string } = {
  2: "The system cannot find the file specified",
  5: "Access is denied",
  87: "The parameter is incorrect",
  193: "%1 is not a valid Win32 application",
};

const refused = (program: string, cwd: string, number: number): StartError =>
  StartError.refused(program, cwd, number, reasons[number]!);

function kindOf(path: string): "file" | "folder" | "none" {
  const info = statSync(path, { throwIfNoEntry: false });
  return info === undefined ? "none" : info.isDirectory() ? "folder" : "file";
}

export interface WindowsOptions {
  readonly name: string;
  readonly cacheDir?: string;
}

/** This machine as a target. Rejects anywhere but on Windows. */
export async function openWindows(options: WindowsOptions): Promise<RealTarget> {
  if (process.platform !== "win32") {
    throw new TargetError(`Target ${options.name} is this machine as a Windows, but this is ${process.platform}.`);
  }
  return new RealTarget(options.name, new WindowsConnection(), options.cacheDir);
}
