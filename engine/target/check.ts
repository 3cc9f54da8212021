import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inTemporaryFolder } from "../temporary-folder.js";
import { hashFile } from "./host-files.js";
import { type Target, TargetError } from "./target.js";

export interface CheckStep {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly detail: string;
  readonly milliseconds: number;
}

const limitMs = 60_000;
const oddExitCode = 3010;

/** Tries everything that installing software needs of a machine, and leaves nothing behind. */
export async function checkTarget(target: Target, signal?: AbortSignal): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async (name: string, work: () => Promise<string>) => {
    const started = Date.now();
    try {
      const detail = await work();
      steps.push({ name, ok: true, detail, milliseconds: Date.now() - started });
    } catch (error) {
      signal?.throwIfAborted();
      const detail = error instanceof Error ? error.message : String(error);
      steps.push({ name, ok: false, detail, milliseconds: Date.now() - started });
    }
  };
  await step("grains", async () => {
    const { osfullname, osversion, cpuarch } = await target.grains(signal);
    return [osfullname, osversion, cpuarch].filter(Boolean).join(", ");
  });
  await step("registry", async () => {
    const uninstall = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
    const counts = [];
    for (const view of ["64", "32"] as const) {
      counts.push((await target.readRegistry("HKLM", uninstall, view, 1, signal))?.subkeys.length ?? 0);
    }
    return `${counts[0]} Uninstall keys in the 64-bit view, ${counts[1]} in the 32-bit view`;
  });
  await step("files", () => filesWork(target, signal));
  if (target.kind !== "simulated") {
    await step("programs", async () => {
      const line = `cmd /d /c exit ${oddExitCode}`;
      const { exitCode, timedOut } = await target.run(line, { timeoutMs: limitMs, signal });
      if (timedOut) throw new TargetError(`\`${line}\` did not end within ${limitMs / 1000} s.`);
      if (exitCode !== oddExitCode) throw new TargetError(`\`${line}\` gave exit code ${exitCode}.`);
      return "exit codes arrive whole";
    });
  }
  return steps;
}

function filesWork(target: Target, signal?: AbortSignal): Promise<string> {
  return inTemporaryFolder("check", (folder) => copyThereAndBack(target, folder, signal));
}

async function copyThereAndBack(target: Target, folder: string, signal?: AbortSignal): Promise<string> {
  const name = `winrepo check ${randomBytes(4).toString("hex")}`;
  const remote = `${await target.expandEnvironment("%SystemRoot%")}\\Temp\\${name}`;
  try {
    const sent = path.join(folder, "sent");
    const back = path.join(folder, "back");
    await writeFile(sent, randomBytes(1024));
    await target.put(sent, `${remote}\\ä file.bin`, signal);
    if ((await target.hash(`${remote}\\ä file.bin`, "sha256")) !== (await hashFile(sent, "sha256"))) {
      throw new TargetError("A file arrived changed.");
    }
    await target.get(`${remote}\\ä file.bin`, back, signal);
    if (!(await readFile(sent)).equals(await readFile(back))) throw new TargetError("A file came back changed.");
    return "copied there and back";
  } finally {
    await target.remove(remote).catch(() => undefined);
  }
}
