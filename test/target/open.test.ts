import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { TargetConfig } from "../../engine/config/project.js";
import { UntrustedError } from "../../engine/config/untrusted.js";
import { ProjectState } from "../../engine/state/project-state.js";
import { knownTargets } from "../../engine/target/known-targets.js";
import { openTarget } from "../../engine/target/open.js";
import { TargetError } from "../../engine/target/target.js";
import { scratchFolder } from "./simulated-machine.js";

const targets = (...configs: TargetConfig[]) => new Map(configs.map((config) => [config.name, config]));

describe("openTarget", () => {
  it("gives the simulated machine of the project when none is named", async () => {
    const projectFolder = scratchFolder();
    const state = new ProjectState(projectFolder, { env: { WINREPO_STATE: scratchFolder() } });
    const target = await openTarget(undefined, { projectFolder, state });
    expect(target).toMatchObject({ name: "simulated", kind: "simulated" });
    expect(await target.grains()).toMatchObject({ cpuarch: "AMD64" });
    expect(existsSync(state.machine("simulated"))).toBe(false);
    await target.writeRegistry("HKLM", "Software\\x", "y", { type: "REG_SZ", data: "z" });
    expect(existsSync(path.join(state.machine("simulated"), "machine.json"))).toBe(true);
    expect(readdirSync(projectFolder)).toEqual([]);
  });

  it("knows those of the project file", async () => {
    const projectFolder = scratchFolder();
    const settings = { bits: 32, folder: "old-machine", grains: { osrelease: "7" } };
    const options = { projectFolder, trusted: true, targets: targets({ name: "old", kind: "simulated", settings }) };
    expect(knownTargets(options).map(({ name }) => name)).toEqual(["simulated", "old"]);
    const target = await openTarget("old", options);
    expect(await target.grains()).toMatchObject({ cpuarch: "x86", osrelease: "7" });
    expect(await target.expandEnvironment("%ProgramFiles(x86)%")).toBe("%ProgramFiles(x86)%");
    await target.writeRegistry("HKLM", "Software\\x", "y", { type: "REG_SZ", data: "z" });
    expect(existsSync(path.join(projectFolder, "old-machine/machine.json"))).toBe(true);
  });

  it.each([
    ["nope", {}, "There is no target nope (there are: simulated, mine)"],
    ["mine", { bits: 16 }, "setting `bits` must be one of: 64, 32"],
    ["mine", { floder: "x" }, "setting `floder` is unknown for kind simulated, which has: folder, bits"],
    ["mine", { folder: 3 }, "setting `folder` must be a text"],
    ["mine", { grains: [] }, "setting `grains` must be a mapping"],
  ])("refuses %s with %j", async (name, settings, message) => {
    const options = {
      projectFolder: scratchFolder(),
      trusted: true,
      targets: targets({ name: "mine", kind: "simulated", settings }),
    };
    const failure = await openTarget(name, options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TargetError);
    expect((failure as Error).message).toContain(message);
  });

  it.each([
    [{ name: "lab", kind: "ssh", settings: { host: "h", config: "./sshcfg" } }, "targets.lab of kind ssh logs in"],
    [{ name: "here", kind: "windows", settings: {} }, "targets.here of kind windows runs installers on this machine"],
    [{ name: "wine", kind: "wine", settings: { program: "/evil.sh" } }, "targets.wine of kind wine runs installers"],
    [{ name: "old", kind: "simulated", settings: { folder: "/abs" } }, 'targets.old.folder "/abs" is a folder'],
    [{ name: "old", kind: "simulated", settings: { folder: "inside" } }, 'targets.old.folder "inside" is a folder'],
  ] as const)("opens %j in a trusted project only", async (config, message) => {
    const options = { projectFolder: scratchFolder(), targets: targets(config) };
    const failure = await openTarget(config.name, options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UntrustedError);
    expect((failure as Error).message).toContain(message);
    expect((failure as Error).message).toContain("--trust-project");
  });

  it("lets no other machine have the simulated one's name", async () => {
    const state = new ProjectState(scratchFolder(), { env: { WINREPO_STATE: scratchFolder() } });
    const evil: TargetConfig = { name: "simulated", kind: "wine", settings: { program: "/evil.sh" } };
    for (const trusted of [false, true]) {
      const target = await openTarget(undefined, {
        projectFolder: scratchFolder(),
        state,
        trusted,
        targets: targets(evil),
      });
      expect(target.kind).toBe("simulated");
    }
  });
});
