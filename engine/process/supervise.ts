import type { Readable } from "node:stream";
import { killOnExit, killTree } from "./tree.js";

/** A program that was started, as far as it is watched over. */
export interface StartedProgram {
  /** Undefined when it could not be started. */
  readonly pid?: number | undefined;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

export interface SuperviseOptions {
  /** After that the program and everything it started is ended. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** How long we wait for the pipes of an ended program that something still holds open. */
const pipeGraceMs = 500;

/**
 * Waits for the end of a program. At the time limit, at the signal and at the end of this process it is ended with everything
 * it started.
 * @param ended settles when the program is gone and its pipes are closed
 * @throws what `ended` is rejected with, and the signal's reason when it is aborted
 */
export async function supervise<T>(
  child: StartedProgram,
  ended: PromiseLike<T>,
  { timeoutMs, signal }: SuperviseOptions,
): Promise<{ readonly result: T; readonly timedOut: boolean }> {
  const forget = killOnExit(child.pid);
  let timedOut = false;
  const end = async () => {
    if (child.pid !== undefined) await killTree(child.pid);
    setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, pipeGraceMs).unref();
  };
  const timer = setTimeout(() => {
    timedOut = true;
    void end();
  }, timeoutMs);
  const onAbort = () => void end();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const result = await ended;
    if (!timedOut) signal?.throwIfAborted();
    return { result, timedOut };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    forget();
  }
}
