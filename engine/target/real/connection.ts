import type { Helper } from "../helper/helper.js";
import type { RunOptions, RunResult, TargetKind } from "../target.js";

/**
 * A way to a Windows machine that really runs what it is told: what differs between this machine, a Wine prefix and a
 * host behind ssh. Everything else is made from it by {@link RealTarget}.
 */
export interface Connection {
  readonly kind: TargetKind;
  /** Our program there, which reads the registry and the environment in one start. Without it Windows' own tools do. */
  readonly helper?: Helper;
  /** Runs a finished command line and gives its full 32-bit exit code. */
  run(commandLine: string, options: RunOptions): Promise<RunResult>;
  /** Runs one of Windows' own tools. Only 0 or not 0 of its exit code counts. */
  tool(program: string, args: readonly string[], limits: ToolLimits): Promise<RunResult>;
  put(localFile: string, path: string, signal?: AbortSignal): Promise<void>;
  get(path: string, localFile: string, signal?: AbortSignal): Promise<void>;
  exists(path: string): Promise<boolean>;
  isFolder(path: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  /** Removes a helper's file, now or with the next occasion. */
  discard(path: string): Promise<void>;
  hash(path: string, algorithm: string): Promise<string>;
  /** Folder for passing files; no blanks or other characters that need care. */
  readonly tempFolder: string;
  /** Whether the machine has a task scheduler that works. */
  readonly hasScheduler: boolean;
  close(): Promise<void>;
}

export interface ToolLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}
