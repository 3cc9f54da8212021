import { accessSync, constants } from "node:fs";
import path from "node:path";
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

/**
 * Runs a program until it ends or standard input does, which it does with the process that holds the other end, however
 * that one ended. The program is an argument, so nothing of it is read as shell.
 */
const untilInputEnds = [
  "exec 3<&0",
  '"$@" </dev/null 3<&- & program=$!',
  '{ cat <&3 >/dev/null; kill "$program"; } 2>/dev/null & watcher=$!',
  "exec 3<&-",
  'wait "$program"; status=$?',
  'kill "$watcher" 2>/dev/null',
  'exit "$status"',
].join("\n");

function isProgram(file: string): boolean {
  const folders = file.includes("/") ? [""] : (process.env.PATH ?? "").split(":");
  return folders.some((folder) => {
    try {
      accessSync(folder === "" ? file : path.join(folder, file), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts a program and returns at once. It is ended with this process at the latest, also when that is killed. */
export async function startLongLived(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: { readonly [name: string]: string | undefined } } = {},
): Promise<LongLived> {
  const isWindows = process.platform === "win32";
  if (!isWindows && !isProgram(file)) throw new ProcessError(`Cannot start ${file}: it was not found.`, "ENOENT");
  const command = isWindows ? [file, ...args] : ["/bin/sh", "-c", untilInputEnds, "winrepo", file, ...args];
  const [program = file, ...operands] = command;
  const child = execa(program, operands, {
    cwd: options.cwd,
    env: { ...options.env } as Record<string, string>,
    stdin: isWindows ? "ignore" : "pipe",
    stdout: "ignore",
    stderr: "pipe",
    buffer: false,
    reject: false,
    windowsHide: true,
    detached: !isWindows,
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
