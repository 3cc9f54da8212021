import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { ProcessError, type ProcessResult } from "./run.js";
import { supervise } from "./supervise.js";

export interface StartedLine {
  /** Absolute path of the program. */
  readonly file: string;
  /** The first word of the line as it is written, and what stands behind it. */
  readonly argv0: string;
  readonly rest: string;
}

export interface LineOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const maxOutput = 1024 * 1024;

/**
 * Runs a finished command line on Windows by `CreateProcess`, waiting for the end of all that hold its output. Both streams
 * are given as `stdout`, in the order in which they came.
 * @throws ProcessError when it cannot be started, and the signal's reason when it is aborted
 */
export async function runLine(line: StartedLine, options: LineOptions): Promise<ProcessResult> {
  options.signal?.throwIfAborted();
  const child = start(line, options.cwd);
  const output: Buffer[] = [];
  let length = 0;
  const keep = (bytes: Buffer) => {
    if (length < maxOutput) output.push(bytes.subarray(0, maxOutput - length));
    length += bytes.length;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => reject(new ProcessError(error.message, error.code)));
    child.once("close", resolve);
  });
  const { result: exitCode, timedOut } = await supervise(child, ended, options);
  const stdout = Buffer.concat(output).toString("utf8");
  return { exitCode: timedOut ? undefined : (exitCode ?? undefined), stdout, stderr: "", timedOut };
}

/** Not by execa: it hands what is called neither `.exe` nor `.com` to cmd, which reads the line in its own way. */
function start({ file, argv0, rest }: StartedLine, cwd: string): ChildProcessByStdio<null, Readable, Readable> {
  try {
    return spawn(file, rest.trim() === "" ? [] : [rest.trimStart()], {
      cwd,
      argv0,
      windowsVerbatimArguments: true,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // Some of Windows' errors are thrown and others are events.
    throw new ProcessError((error as Error).message, (error as NodeJS.ErrnoException).code);
  }
}
