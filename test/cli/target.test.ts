import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { CliWorld } from "../../engine/cli/command.js";
import { targetCommand } from "../../engine/cli/commands/target.js";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { ProjectState } from "../../engine/state/project-state.js";
import { scratchFolder } from "../target/simulated-machine.js";

async function winrepo(cwd: string, ...args: string[]) {
  let stdout = "";
  let stderr = "";
  const io: CliWorld = {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd,
    env: process.env,
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  };
  const status = await runCli(["target", ...args], io, [targetCommand]);
  return { status, stdout, stderr };
}

describe("winrepo target", () => {
  it("adds, lists and removes", async () => {
    const folder = scratchFolder();
    expect(await winrepo(folder, "list")).toMatchObject({ status: 0, stdout: "simulated  simulated\n" });
    expect(await winrepo(folder, "add", "lab", "--kind", "ssh", "--host", "lab-7", "--port", "2222")).toMatchObject({
      status: 0,
    });
    expect(await winrepo(folder, "add", "old", "-k", "simulated", "--bits", "32")).toMatchObject({ status: 0 });
    expect((await winrepo(folder, "list")).stdout).toBe(
      "simulated  simulated\nlab        ssh        host lab-7, port 2222\nold        simulated  bits 32\n",
    );
    expect(JSON.parse((await winrepo(folder, "list", "--json")).stdout).targets[1]).toEqual({
      name: "lab",
      kind: "ssh",
      host: "lab-7",
      port: 2222,
    });
    expect(await winrepo(folder, "remove", "lab")).toMatchObject({ status: 0, stdout: "Removed lab.\n" });
    expect((await winrepo(folder, "list")).stdout).not.toContain("lab");
  });

  it("tests a machine", async () => {
    const folder = scratchFolder();
    const { status, stdout } = await winrepo(folder, "test");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ok {6}grains {4}Microsoft Windows 10 Pro, 10\.0\.19045, AMD64 \(\d+ ms\)\nok {6}registry/);
    const { ok, steps } = JSON.parse((await winrepo(folder, "test", "simulated", "--json")).stdout);
    expect(ok).toBe(true);
    expect(steps.map((step: { name: string }) => step.name)).toEqual(["grains", "registry", "files"]);
  });

  it("captures a profile that the engine can load", async () => {
    const folder = scratchFolder();
    await winrepo(folder, "add", "old", "-k", "simulated", "--bits", "32");
    expect(
      await winrepo(folder, "capture", "old", "--out", "old.json", "--registry", "HKLM\\SOFTWARE\\X"),
    ).toMatchObject({ status: 0 });
    const profile = JSON.parse(readFileSync(path.join(folder, "old.json"), "utf8"));
    expect(profile).toMatchObject({
      name: "old",
      grains: { cpuarch: "x86" },
      environment: { SystemRoot: "C:\\Windows" },
    });
    expect(await winrepo(folder, "capture", "old", "--out", "old.yaml")).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(folder, "old.yaml"), "utf8")).toContain("cpuarch: x86");
  });

  it("starts a simulated machine anew", async () => {
    const folder = scratchFolder();
    const machine = new ProjectState(folder).machine("simulated");
    await winrepo(folder, "test");
    expect(existsSync(machine)).toBe(true);
    expect((await winrepo(folder, "remove", "simulated")).stdout).toBe("The simulated machine starts anew.\n");
    expect(existsSync(machine)).toBe(false);
  });

  it.each([
    [["add", "bad name", "--kind", "ssh"], "letters, digits"],
    [["add", "lab"], "say what lab is: --kind simulated, windows, wine, ssh"],
    [["add", "simulated"], "there is a target simulated already"],
    [["add", "lab", "--kind", "windows", "--host", "x"], "--host has no meaning for kind windows"],
    [["remove", "nope"], "there is no target nope"],
    [["capture", "--out", "x.json", "--registry", "HKCU\\x"], "write HKLM\\… or HKU\\…"],
  ])("%j is wrong usage", async (args, message) => {
    const { status, stderr } = await winrepo(scratchFolder(), ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it("fails on a target that cannot be reached", async () => {
    const folder = scratchFolder();
    expect(await winrepo(folder, "test", "nope")).toMatchObject({ status: 1 });
    if (process.platform === "win32") return;
    await winrepo(folder, "add", "here", "--kind", "windows");
    const { status, stderr } = await winrepo(folder, "test", "here");
    expect(status).toBe(1);
    expect(stderr).toContain("Target here is this machine as a Windows");
  });
});
