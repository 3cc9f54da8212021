import { execa } from "execa";
import { ProcessError } from "./run.js";
import { killOnExit, killTree } from "./tree.js";

/** A program that runs beside us until it is stopped: a connection kept open, a server that others talk to. */
export interface LongLived {
  readonly pid: number;
  /** What it wrote to its standard error so far (at most the last 64 kB). */
  stderr(): string;
  /** Resolves to its exit code when it ends, whoever ended it; undefined for an end by a signal. */
  readonly exited: Promise<number | undefined>;
  /** Ends it and everything it started. Resolves when it is gone. */
  stop(): Promise<void>;
}

const stderrKept = 64 * 1024;

/** Starts a program and returns at once. It is ended with this process at the latest. */
export async function startLongLived(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: { readonly [name: string]: string | undefined } } = {},
): Promise<LongLived> {
  const child = execa(file, args, {
    cwd: options.cwd,
    env: { ...options.env } as Record<string, string>,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
    buffer: false,
    reject: false,
    windowsHide: true,
    detached: process.platform !== "win32",
  });
  const forget = killOnExit(child.pid);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  });
  const exited = child.then((result) => {
    forget();
    return result.exitCode;
  });
  const { pid } = child;
  if (pid === undefined) {
    const { code } = (await child) as { code?: string };
    throw new ProcessError(
      `Cannot start ${file}: ${code === "ENOENT" ? "it was not found" : (code ?? "unknown")}.`,
      code,
    );
  }
  return {
    pid,
    stderr: () => stderr,
    exited,
    async stop() {
      await killTree(pid);
      child.stderr.destroy();
      await exited;
    },
  };
}
