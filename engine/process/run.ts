import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { makeTemporaryFolder } from "../temporary-folder.js";
import { supervise } from "./supervise.js";

export interface ProcessOptions {
  readonly cwd?: string;
  /** Added to this process's environment; undefined removes a variable. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** `env` is all that the program sees: nothing of ours (secrets among it) is handed on. */
  readonly cleanEnv?: boolean;
  /** After that the program and everything it started is ended. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Text for its standard input. Without it the input is empty. */
  readonly input?: string | Uint8Array;
  /** How its output is read; default `utf8`. */
  readonly encoding?: "utf8" | "utf16le" | "latin1";
  /**
   * `file` collects both streams, in order, in one file and gives them as `stdout`. A program whose child processes outlive it
   * keeps a pipe open for ever; a file it does not.
   */
  readonly capture?: "pipe" | "file";
}

export interface ProcessResult {
  /** Undefined when the program was ended by a signal or by us. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** The program could not be started at all. */
export class ProcessError extends Error {
  override readonly name = "ProcessError";
  constructor(
    message: string,
    /** `ENOENT`, `EACCES` … */
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

const defaultTimeoutMs = 10 * 60_000;
const maxOutput = 64 * 1024 * 1024;

/**
 * Runs a program to its end: argument list, no shell, always a time limit. Resolves whatever its exit code; rejects with
 * {@link ProcessError} when it cannot be started and with the signal's reason when it is aborted.
 */
export async function run(file: string, args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  options.signal?.throwIfAborted();
  const encoding = options.encoding ?? "utf8";
  const sink = options.capture === "file" ? openSink() : undefined;
  try {
    const child = execa(file, args, {
      cwd: options.cwd,
      env: { ...options.env } as Record<string, string>,
      extendEnv: !options.cleanEnv,
      ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
      stdout: sink?.fd ?? "pipe",
      stderr: sink?.fd ?? "pipe",
      encoding: "buffer",
      maxBuffer: maxOutput,
      stripFinalNewline: false,
      reject: false,
      windowsHide: true,
      // A process group of its own, so that all of it can be ended.
      detached: process.platform !== "win32",
    });
    const { timeoutMs = defaultTimeoutMs, signal } = options;
    const { result, timedOut } = await supervise(child, child, { timeoutMs, signal });
    if (child.pid === undefined) {
      const cause = result as { code?: string; shortMessage?: string };
      throw new ProcessError(startFailure(file, options.cwd, cause), cause.code);
    }
    const text = (bytes: unknown) => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString(encoding) : "");
    return {
      exitCode: timedOut ? undefined : result.exitCode,
      stdout: sink ? sink.read(encoding) : text(result.stdout),
      stderr: sink ? "" : text(result.stderr),
      timedOut,
    };
  } finally {
    sink?.remove();
  }
}

function startFailure(file: string, cwd: string | undefined, cause: { code?: string; shortMessage?: string }): string {
  if (cause.code === "ENOENT")
    return `Cannot start ${file}: it was not found${cwd ? ` (or the folder ${cwd} was not)` : ""}.`;
  if (cause.code === "EACCES") return `Cannot start ${file}: permission denied.`;
  return `Cannot start ${file}: ${cause.shortMessage ?? "unknown reason"}.`;
}

function openSink() {
  const folder = makeTemporaryFolder("run");
  const file = path.join(folder, "output");
  const fd = openSync(file, "w+", 0o600);
  return {
    // Any descriptor is fine; execa's types know those up to 9.
    fd: fd as 9,
    read: (encoding: BufferEncoding) => readFileSync(file).subarray(0, maxOutput).toString(encoding),
    remove() {
      closeSync(fd);
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      } catch {
        // What the program started may still write here; what it gave counts all the same.
      }
    },
  };
}
