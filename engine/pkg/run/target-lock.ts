import path from "node:path";
import { type LockOwner, takeLock } from "../../process/file-lock.js";
import { interruptedRun, RunLog } from "./run-log.js";

/** What a run has while it holds the lock of a target. */
export interface LockedTarget {
  readonly journal: RunLog;
  /** What is to be said of the run before, when it came to no end. */
  readonly notes: readonly string[];
}

/**
 * Runs `work` under the target's lock, so that no other run acts on the target. The lock of a run that was killed is
 * taken over, and the log says how far that run had come.
 * @param folder of this target's lock and log
 * @throws LockedError while another run holds the lock; the error names it
 */
export async function withTargetLock<T>(
  folder: string,
  purpose: string,
  work: (locked: LockedTarget) => Promise<T>,
): Promise<T> {
  const logFile = path.join(folder, "log.jsonl");
  const lock = takeLock(path.join(folder, "lock"), purpose);
  try {
    const interrupted = interruptedRun(logFile) ?? abandoned(lock.abandonedBy);
    return await work({ journal: new RunLog(logFile), notes: interrupted === undefined ? [] : [interrupted] });
  } finally {
    lock.release();
  }
}

function abandoned(owner: LockOwner | undefined): string | undefined {
  return owner && `The last run here (${owner.purpose}, ${owner.since}) was interrupted before anything was done.`;
}
