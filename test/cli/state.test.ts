import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { ProjectState } from "../../engine/state/project-state.js";
import { SimulatedTarget } from "../../engine/target/simulated/simulated-target.js";
import { scratchFolder } from "../target/simulated-machine.js";

let folder: string;
let home: string;
beforeEach(() => {
  folder = scratchFolder();
  home = scratchFolder();
  write("hello.sls", "#!yaml\nhello:\n  '1.0':\n    full_name: Hello\n    installer: salt://win/repo-ng/hello.exe\n");
  write("hello.exe", "");
});

function write(name: string, content: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

async function winrepo(env: { readonly [name: string]: string }, ...args: string[]) {
  let stdout = "";
  let stderr = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: folder,
    env,
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  };
  const status = await runCli(args, io);
  return { status, stdout, stderr };
}

/** Makes a simulated machine that is known again. */
async function touchMachine(machine: string): Promise<void> {
  const target = await SimulatedTarget.open({ name: "simulated", folder: machine });
  await target.writeRegistry("HKLM", "Software\\former", "x", { type: "REG_SZ", data: "y" });
}

describe("where state lies", () => {
  it("is the user's state folder: a project keeps its own files only", async () => {
    const env = { HOME: home };
    const before = readdirSync(folder);
    for (const args of [
      ["list-pkgs"],
      ["refresh-db"],
      ["target", "test"],
      ["genrepo", "--no-out"],
      ["install", "hello", "-n"],
    ]) {
      await winrepo(env, ...args);
    }
    expect(readdirSync(folder)).toEqual(before);
    if (process.platform === "linux") expect(readdirSync(home)).toEqual([".local"]);
  });

  it.each([["lint"], ["genrepo"], ["list-pkgs"], ["install", "hello", "--dry-run"]])(
    "is not needed to look: %s %s %s",
    async (...args) => {
      write("a file", "");
      const { status, stderr } = await winrepo({ WINREPO_STATE: path.join(folder, "a file") }, ...args);
      expect(stderr).not.toContain("WINREPO_STATE");
      expect(status).toBe(0);
    },
  );

  it.each([["install", "hello"], ["refresh-db"], ["target", "test"], ["try", "hello"]])(
    "is needed to act, and that is said: %s %s",
    async (...args) => {
      write("a file", "");
      const { status, stderr } = await winrepo({ WINREPO_STATE: path.join(folder, "a file") }, ...args);
      expect(stderr).toContain("Set WINREPO_STATE to a folder that can be.");
      expect(status).toBe(1);
    },
  );
});

describe("a machine that an earlier version kept in the project", () => {
  it("is offered, and taken over when it is asked for; the old one stays", async () => {
    const env = { WINREPO_STATE: path.join(home, "state") };
    await touchMachine(path.join(folder, ".winrepo/machine"));
    const { stdout, stderr } = await winrepo(env, "list-pkgs");
    expect(stdout + stderr).toContain("`winrepo target adopt simulated` takes it over");
    const adopted = await winrepo(env, "target", "adopt", "simulated");
    expect(adopted.stdout).toContain("Took over simulated from");
    expect(adopted.status).toBe(0);
    const machine = new ProjectState(folder, { env }).machine("simulated");
    expect(readFileSync(path.join(machine, "machine.json"), "utf8")).toContain("former");
    expect(existsSync(path.join(folder, ".winrepo/machine/machine.json"))).toBe(true);
    expect((await winrepo(env, "list-pkgs")).stderr).not.toContain("adopt");
    const again = await winrepo(env, "target", "adopt", "simulated");
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining("There is a machine simulated already") });
  });

  it("is offered for a Wine prefix by the error that there is none", async () => {
    const env = { WINREPO_STATE: path.join(home, "state") };
    write(".winrepo.yaml", "targets:\n  wine:\n    kind: wine\n");
    write(".winrepo/targets/wine/system.reg", "");
    await winrepo(env, "trust");
    expect((await winrepo(env, "target", "list")).stderr).toContain("`winrepo target adopt wine` takes it over");
    const { status, stderr } = await winrepo(env, "list-pkgs", "-t", "wine");
    expect(stderr).toContain("`winrepo target adopt wine` takes it over");
    expect(status).toBe(1);
    expect(await winrepo(env, "target", "adopt", "wine")).toMatchObject({ status: 0 });
    expect(existsSync(path.join(new ProjectState(folder, { env }).machine("wine"), "system.reg"))).toBe(true);
  });

  it.skipIf(process.platform === "win32")("is no way to anything outside of the project", async () => {
    const env = { WINREPO_STATE: path.join(home, "state") };
    const outside = scratchFolder();
    writeFileSync(path.join(outside, "secret"), "");
    mkdirSync(path.join(folder, ".winrepo"));
    symlinkSync(outside, path.join(folder, ".winrepo/machine"));
    expect(await winrepo(env, "target", "adopt", "simulated")).toMatchObject({ status: 2 });
    write(".winrepo.yaml", "targets: {old: {kind: simulated}}\n");
    write(".winrepo/targets/old/machine.json", "{}");
    symlinkSync(outside, path.join(folder, ".winrepo/targets/old/C"));
    expect(await winrepo(env, "target", "adopt", "old")).toMatchObject({ status: 0 });
    expect(readdirSync(new ProjectState(folder, { env }).machine("old"))).toEqual(["machine.json"]);
  });
});

describe("two worktrees", () => {
  it("have machines of their own; one can take over the other's", async () => {
    const env = { WINREPO_STATE: path.join(home, "state") };
    await touchMachine(new ProjectState(folder, { env }).machine("simulated"));
    const first = folder;
    folder = scratchFolder();
    const state = new ProjectState(folder, { env });
    expect(existsSync(state.machine("simulated"))).toBe(false);
    expect(await winrepo(env, "target", "adopt", "simulated", "--from", first)).toMatchObject({ status: 0 });
    expect(existsSync(path.join(state.machine("simulated"), "machine.json"))).toBe(true);
    expect(await winrepo(env, "target", "adopt", "simulated", "--from", scratchFolder())).toMatchObject({ status: 2 });
  });
});

describe("what is kept", () => {
  const definition = "#!yaml\nkept:\n  '1.0':\n    full_name: Kept\n    installer: C:\\x.exe\n";

  it.each([".winrepo/cache/files", "machine/C/cache", "state/projects/x"])(
    "is no part of the repository, wherever it lies: %s",
    async (place) => {
      const env = { WINREPO_STATE: path.join(folder, "state") };
      write(".winrepo.yaml", "targets: {old: {kind: simulated, folder: machine}}\n");
      write(`${place}/kept.sls`, definition);
      write(`${place}/map.jinja`, "{% set x = 1 %}");
      write("uses.sls", `{% from '${place}/map.jinja' import x %}\n{{ x }}`);
      expect((await winrepo(env, "genrepo", "--legacy", "--json")).stdout).not.toContain("Kept");
      expect((await winrepo(env, "list-available")).stdout).not.toContain("kept");
      const { findings, summary } = JSON.parse((await winrepo(env, "lint", "--json")).stdout);
      expect(summary.files).toBe(2);
      expect(JSON.stringify(findings)).not.toContain("kept.sls");
      expect((await winrepo(env, "render", "uses.sls")).stderr).toContain("map.jinja");
    },
  );
});
