import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "vitest";
import { SimulatedTarget } from "../../engine/target/simulated/simulated-target.js";
import type { RegistryView, Target } from "../../engine/target/target.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "winrepo-test-"));
  folders.push(folder);
  return folder;
}

export function simulated(folder = scratchFolder(), bits: 64 | 32 = 64): Promise<SimulatedTarget> {
  return SimulatedTarget.open({ name: "test", folder, bits });
}

/** Puts a file from the repository, or bytes, on the machine. */
export async function place(target: Target, content: string | Buffer, windowsPath: string): Promise<string> {
  if (typeof content === "string") await target.put(content, windowsPath);
  else {
    const local = path.join(scratchFolder(), "content");
    writeFileSync(local, content);
    await target.put(local, windowsPath);
  }
  return windowsPath;
}

const uninstall = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";

/** Uninstall key → `DisplayName DisplayVersion`. */
export async function installed(target: Target, view: RegistryView = "64"): Promise<{ [key: string]: string }> {
  const key = await target.readRegistry("HKLM", uninstall, view, 1);
  return Object.fromEntries(
    (key?.subkeys ?? []).map(({ name, values }) => [
      name,
      `${values.get("DisplayName")?.data} ${values.get("DisplayVersion")?.data}`,
    ]),
  );
}
