import { execa } from "execa";

const TASKKILL_LIMIT_MS = 10_000;
const running = new Set<number>();

/** Ends a program that we started and everything that it started, by its id. Never throws. */
export async function endTree(pid: number): Promise<void> {
  if (process.platform === "win32") {
    await execa("taskkill", ["/T", "/F", "/PID", String(pid)], {
      stdio: "ignore",
      reject: false,
      timeout: TASKKILL_LIMIT_MS,
      windowsHide: true,
    });
    // taskkill is absent or a stub on some systems: at least the program itself must go.
    endQuietly(pid);
    return;
  }
  // Programs are started as leaders of process groups of their own.
  if (!endQuietly(-pid)) endQuietly(pid);
}

/** Notes a program that must not outlive this process; the result takes it off the list again. */
export function endWithUs(pid: number | undefined): () => void {
  if (pid === undefined) return () => {};
  if (running.size === 0) process.once("exit", endAll);
  running.add(pid);
  return () => {
    running.delete(pid);
    if (running.size === 0) process.removeListener("exit", endAll);
  };
}

function endAll(): void {
  for (const pid of running) endQuietly(process.platform === "win32" ? pid : -pid);
}

function endQuietly(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}
