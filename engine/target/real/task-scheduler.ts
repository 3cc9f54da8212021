import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { discardFolder, makeTemporaryFolder } from "../../temporary-folder.js";
import type { RunOptions, RunResult, ScheduledTask } from "../target.js";
import type { Connection } from "./connection.js";

const toolLimitMs = 60_000;
const startLimitMs = 5_000;
const startPollMs = 250;
const endPollMs = 1_000;
const defaultTaskLimitMs = 30 * 60_000;

/**
 * Registers a task as Salt does (salt-reference §7.8) and starts it. Without waiting it counts as started when the
 * scheduler reports it as running within 5 seconds; else we wait until it has ended. False when it could not be
 * started.
 */
export async function runScheduled(connection: Connection, task: ScheduledTask, options: RunOptions): Promise<boolean> {
  if (!connection.hasScheduler) {
    const result = await connection.run(`"${task.program}" ${task.arguments}`, { ...options, cwd: task.cwd });
    return !result.timedOut;
  }
  if (!(await register(connection, task, options.signal))) return false;
  // The status is a word in the machine's language; what matters is that it changes.
  const idle = await status(connection, task.name, options.signal);
  const run = await schtasks(connection, ["/run", "/tn", task.name], options.signal);
  if (run.exitCode !== 0) return false;
  const started = await until(startLimitMs, startPollMs, options.signal, async () => {
    return (await status(connection, task.name, options.signal)) !== idle;
  });
  if (!task.wait) return started;
  const limit = options.timeoutMs ?? defaultTaskLimitMs;
  const ended = await until(limit, endPollMs, options.signal, async () => {
    return (await status(connection, task.name, options.signal)) === idle;
  });
  if (!ended) await schtasks(connection, ["/end", "/tn", task.name], options.signal);
  return ended;
}

async function register(
  connection: Connection,
  task: ScheduledTask,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const folder = makeTemporaryFolder("task");
  const remote = `${connection.tempFolder}\\winrepo-${randomBytes(6).toString("hex")}.xml`;
  try {
    const local = path.join(folder, "task.xml");
    await writeFile(local, `\ufeff${taskXml(task)}`, "utf16le");
    await connection.put(local, remote, signal);
    const created = await schtasks(connection, ["/create", "/tn", task.name, "/xml", remote, "/f"], signal);
    return created.exitCode === 0;
  } finally {
    await discardFolder(folder);
    await connection.discard(remote);
  }
}

/** Third field of the one line `"\name","next run","status"`. */
async function status(connection: Connection, name: string, signal: AbortSignal | undefined): Promise<string> {
  const result = await schtasks(connection, ["/query", "/tn", name, "/fo", "csv", "/nh"], signal);
  return /^"[^"]*","[^"]*","([^"]*)"/m.exec(result.output)?.[1] ?? "";
}

function schtasks(
  connection: Connection,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RunResult> {
  return connection.tool("schtasks.exe", args, { timeoutMs: toolLimitMs, signal });
}

async function until(
  limitMs: number,
  pollMs: number,
  signal: AbortSignal | undefined,
  holds: () => Promise<boolean>,
): Promise<boolean> {
  const end = Date.now() + limitMs;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() >= end) return false;
    await sleep(pollMs, undefined, { signal });
  }
}

/** The task as Salt registers it: System, once in 1975, also on battery. The form does not depend on the machine's language. */
export function taskXml(task: ScheduledTask): string {
  const text = (value: string) => value.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers><TimeTrigger><StartBoundary>1975-01-01T01:00:00</StartBoundary><Enabled>true</Enabled></TimeTrigger></Triggers>
  <Principals><Principal id="System"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="System">
    <Exec>
      <Command>${text(task.program)}</Command>
      <Arguments>${text(task.arguments)}</Arguments>${task.cwd ? `\n      <WorkingDirectory>${text(task.cwd)}</WorkingDirectory>` : ""}
    </Exec>
  </Actions>
</Task>
`;
}
