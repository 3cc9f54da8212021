import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { ProcessError, type ProcessResult } from "./run.js";
import { killOnExit, killTree } from "./tree.js";

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
/** How long we wait for the pipes of an ended program that something still holds open. */
const pipeGraceMs = 500;

/**
 * Runs a finished command line on Windows by `CreateProcess`, waiting for the end of all that hold its output. Not by execa,
 * which hands what is not called `.exe` to cmd. Both streams are given as `stdout`, in the order in which they came.
 * @throws ProcessError when it cannot be started, and the signal's reason when it is aborted
 */
export async function runLine({ file, argv0, rest }: StartedLine, options: LineOptions): Promise<ProcessResult> {
  const { cwd, timeoutMs, signal } = options;
  signal?.throwIfAborted();
  const child = start({ file, argv0, rest }, cwd);
  const forget = killOnExit(child.pid);
  const output: Buffer[] = [];
  let length = 0;
  const keep = (bytes: Buffer) => {
    if (length < maxOutput) output.push(bytes.subarray(0, maxOutput - length));
    length += bytes.length;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  let timedOut = false;
  const end = async () => {
    if (child.pid !== undefined) await killTree(child.pid);
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, pipeGraceMs).unref();
  };
  const timer = setTimeout(() => {
    timedOut = true;
    void end();
  }, timeoutMs);
  const onAbort = () => void end();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", (error: NodeJS.ErrnoException) => reject(new ProcessError(error.message, error.code)));
      child.once("close", resolve);
    });
    if (signal?.aborted && !timedOut) signal.throwIfAborted();
    const stdout = Buffer.concat(output).toString("utf8");
    return { exitCode: timedOut ? undefined : (exitCode ?? undefined), stdout, stderr: "", timedOut };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    forget();
  }
}

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
