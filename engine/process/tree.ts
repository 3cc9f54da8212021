import { execa } from "execa";

const taskkillLimitMs = 10_000;
const running = new Set<number>();

/** Kills a program that we started and its descendants, by its id. Never throws. */
export async function killTree(pid: number): Promise<void> {
  if (process.platform === "win32") {
    await execa("taskkill", ["/T", "/F", "/PID", String(pid)], {
      stdio: "ignore",
      reject: false,
      timeout: taskkillLimitMs,
      windowsHide: true,
    });
    // taskkill is absent or a stub on some systems: at least the program itself must go.
    tryKill(pid);
    return;
  }
  // Programs are started as leaders of process groups of their own.
  if (!tryKill(-pid)) tryKill(pid);
}

/** Registers a program to be killed when this process exits; returns the function that unregisters it. */
export function killOnExit(pid: number | undefined): () => void {
  if (pid === undefined) return () => {};
  if (running.size === 0) process.once("exit", killAll);
  running.add(pid);
  return () => {
    running.delete(pid);
    if (running.size === 0) process.removeListener("exit", killAll);
  };
}

function killAll(): void {
  for (const pid of running) tryKill(process.platform === "win32" ? pid : -pid);
}

function tryKill(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}
