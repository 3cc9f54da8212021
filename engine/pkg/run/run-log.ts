import { closeSync, constants, existsSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import path from "node:path";
import { visibleIn } from "../../visible.js";
import type { Journal, JournalEvent } from "./journal.js";

/** One line of the log. */
export type RunLogEntry = JournalEvent & {
  /** ISO 8601. */
  readonly time: string;
  /** The same in all lines of one run. */
  readonly run: string;
};

/** Lines before that many bytes from the end are not looked at: a single run writes a few hundred bytes per package. */
const tailBytes = 1024 * 1024;

/**
 * What was done to a target, one JSON object a line, only ever appended to. Each line is written with one call before
 * the step that it names, without secrets, so a kill at any moment leaves whole lines and at most one torn one, which readers skip.
 */
export class RunLog implements Journal {
  readonly #run = `${Date.now().toString(36)}-${process.pid}`;
  #isTorn: boolean;

  constructor(readonly file: string) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.#isTorn = !/(^|\n)$/.test(tail(file));
  }

  write(event: JournalEvent): void {
    const entry: RunLogEntry = { time: new Date().toISOString(), run: this.#run, ...visibleIn(event) };
    const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW = 0 } = constants;
    const handle = openSync(this.file, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
    try {
      writeSync(handle, `${this.#isTorn ? "\n" : ""}${JSON.stringify(entry)}\n`);
    } finally {
      closeSync(handle);
    }
    this.#isTorn = false;
  }
}

/** The entries at the end of a log, oldest first. */
export function readRunLog(file: string): RunLogEntry[] {
  const entries: RunLogEntry[] = [];
  for (const line of tail(file).split("\n")) {
    try {
      const entry = JSON.parse(line) as Partial<RunLogEntry> | null;
      if (typeof entry?.event === "string" && typeof entry.run === "string") entries.push(entry as RunLogEntry);
    } catch {
      // A torn line, or the end of a line whose beginning lies before the tail.
    }
  }
  return entries;
}

/** The last run of a log when it came to no end, told in a sentence. Ask it only while no other run can be at work. */
export function interruptedRun(file: string): string | undefined {
  const entries = readRunLog(file);
  const run = entries.at(-1)?.run;
  const own = entries.filter((entry) => entry.run === run);
  const start = own.find((entry) => entry.event === "start");
  const last = own.at(-1);
  if (!start || !last || last.event === "end") return undefined;
  const what = `${start.action} ${start.packages.join(", ")}`;
  return `The last run here (${what}, ${start.time}) was interrupted ${interruptionPoint(last)}`;
}

function interruptionPoint(last: RunLogEntry): string {
  switch (last.event) {
    case "fetch":
      return `while fetching ${last.url} for ${last.package}; the part that was downloaded is kept and will be resumed.`;
    case "run":
      return (
        `while this was running for ${last.package}: ${last.line} — it may have gone on to its end, or not. ` +
        `What the registry says now counts; when in doubt, install ${last.package} again with --force.`
      );
    case "exit": {
      const how = last.timedOut
        ? "had been stopped"
        : `had ended${last.exitCode === undefined ? "" : ` with ${last.exitCode}`}`;
      return `after a program of ${last.package} ${how}, before its effect was checked.`;
    }
    default:
      return "before anything was done.";
  }
}

function tail(file: string): string {
  if (!existsSync(file)) return "";
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const { size } = fstatSync(handle);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    const length = readSync(handle, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8", 0, length);
  } finally {
    closeSync(handle);
  }
}
