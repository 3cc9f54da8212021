import { tmpdir } from "node:os";
import { ProcessError, run } from "../../process/run.js";
import { splitProgram } from "../../process/windows-quoting.js";
import { HostFiles } from "../host-files.js";
import type { Connection, ToolLimits } from "../real/connection.js";
import { startLine } from "../real/direct-start.js";
import { RealTarget } from "../real/real-target.js";
import { type RunOptions, type RunResult, TargetError } from "../target.js";

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
    const line = await startLine(commandLine, options, (file) => this.exists(file));
    const { program, rest } = splitProgram(line);
    try {
      const result = await run(program, rest.trim() === "" ? [] : [rest.trimStart()], {
        cwd: options.cwd,
        timeoutMs: options.timeoutMs ?? defaultLimitMs,
        signal: options.signal,
        capture: "file",
        // The line is finished: its first word too stays as it was written.
        verbatim: { argv0: line.trimStart().slice(0, line.trimStart().length - rest.length) },
      });
      return {
        exitCode: result.exitCode === undefined ? undefined : result.exitCode >>> 0,
        output: result.stdout,
        timedOut: result.timedOut,
        ...(result.timedOut && { notes: ["the time limit was reached; the program and what it started were ended"] }),
      };
    } catch (error) {
      if (error instanceof ProcessError) throw new TargetError(`Windows cannot start ${program}: ${error.message}`);
      throw error;
    }
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
