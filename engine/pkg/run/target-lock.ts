import path from "node:path";
import { type LockOwner, takeLock } from "../../process/file-lock.js";
import { interruptedRun, RunLog } from "./run-log.js";

/** One run's hold on a target. */
export interface TargetHold {
  readonly journal: RunLog;
  /** What is to be said of the run before, when it came to no end. */
  readonly notes: readonly string[];
}

/** Where the state that belongs to one target lies on this machine. */
function targetStateFolder(stateFolder: string, targetName: string): string {
  return path.join(stateFolder, "runs", encodeURIComponent(targetName).replaceAll(".", "%2E"));
}

/**
 * Does something to a target while no other run can. The lock of a run that was killed does not stand in the way: it is
 * taken over, and the log says how far that run had come.
 * @throws LockedError when another run is at work, naming it
 */
export async function holdTarget<T>(
  stateFolder: string,
  targetName: string,
  purpose: string,
  work: (hold: TargetHold) => Promise<T>,
): Promise<T> {
  const folder = targetStateFolder(stateFolder, targetName);
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
