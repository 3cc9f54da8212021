import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Whether a process of that id runs on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Boot and start tick of a process, on Linux: together they never come twice. */
export function startOf(pid: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, in parentheses, may hold blanks; the start time is the 22nd field of all.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

let own: string | undefined;

/**
 * This process in the name of a temporary file: machine, id and start, so that a later run knows whether its maker lives.
 * Short, because the path of a socket has to fit into a hundred characters.
 */
export function processMark(): string {
  own ??= `${hashed(hostname())}-${process.pid.toString(36)}-${hashed(startOf(process.pid))}`;
  return own;
}

/** What {@link processMark} gives, in a name. */
export const markPattern = /(?<host>[0-9a-f]{4})-(?<pid>[0-9a-z]{1,7})-(?<start>[0-9a-f]{4})/;

/**
 * Whether the process by which a name is marked is gone. Of another machine's processes, on a shared disk, nothing is
 * known: they count as alive.
 */
export function isAbandoned(mark: string): boolean {
  const { host, pid = "", start } = markPattern.exec(mark)?.groups ?? {};
  if (host !== hashed(hostname())) return false;
  const id = Number.parseInt(pid, 36);
  return !isRunning(id) || start !== hashed(startOf(id));
}

function hashed(text = ""): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 4);
}
