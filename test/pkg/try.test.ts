import { describe, expect, it } from "vitest";
import { tryPackage } from "../../engine/pkg/try.js";
import { upgrade } from "../../engine/pkg/upgrade.js";
import { type MachineSetup, machineWith, registers, uninstallKey, unregisters } from "./machine.js";

const x = {
  full_name: "App",
  installer: "https://h/x.exe",
  install_flags: "/S",
  uninstaller: "C:\\u.exe",
  uninstall_flags: "/S",
};
const repo = { x: { "1.0": x } };

async function tried(setup: Partial<MachineSetup>, version?: string) {
  const { machine, context } = machineWith({ repo, ...setup });
  const result = await tryPackage(context, { name: "x", ...(version !== undefined && { version }) });
  return { result, lines: machine.trace().commands.map(({ line }) => line.replace(/^.*\\/, "")) };
}

describe("trying a package", () => {
  it("installs, recognises, removes, and finds nothing left", async () => {
    const { result, lines } = await tried({ runs: [registers("App", "1.0"), unregisters("App", "1.0")] });
    expect(result).toMatchObject({ ok: true, leftBehind: [], problems: [], corrections: [] });
    expect(lines).toEqual(['x.exe" /S', 'u.exe" /S']);
  });

  it("finds a wrong name, and removes with the right one", async () => {
    const { result, lines } = await tried({ runs: [registers("App 1", "1.0"), unregisters("App 1", "1.0")] });
    expect(result.ok).toBe(false);
    expect(result.corrections).toMatchObject([{ key: "full_name", to: "App 1" }]);
    expect(result.leftBehind).toEqual([]);
    expect(lines).toHaveLength(2);
  });

  it("finds a wrong version, and removes the right one", async () => {
    const { result, lines } = await tried({ runs: [registers("App", "1.0.5"), unregisters("App", "1.0.5")] });
    expect(result).toMatchObject({ ok: false, corrections: [{ key: "version", to: "1.0.5" }], leftBehind: [] });
    expect(lines).toHaveLength(2);
  });

  it("finds what is left behind", async () => {
    const both = { exit: 0, set: [...registers("App", "1.0").set!, ...registers("App Helper", "1.0").set!] };
    const { result } = await tried({ runs: [both, unregisters("App", "1.0")] });
    expect(result).toMatchObject({ ok: false, leftBehind: [{ name: "App Helper" }] });
    expect(result.problems).toMatchObject([{ code: "left-behind", key: "uninstaller" }]);
  });

  it("finds the uninstaller's program left behind", async () => {
    const { result } = await tried({
      runs: [registers("App", "1.0"), unregisters("App", "1.0")],
      files: ["C:\\u.exe"],
    });
    expect(result.problems).toMatchObject([{ code: "left-behind", severity: "warning" }]);
    expect(result.ok).toBe(true);
  });

  it("finds an uninstaller that does nothing", async () => {
    const { result } = await tried({ runs: [registers("App", "1.0"), { exit: 0 }] });
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code }) => code)).toContain("nothing-removed");
  });

  it("removes nothing when nothing was installed", async () => {
    const { result, lines } = await tried({ runs: [{ exit: 1603 }] });
    expect(result.ok).toBe(false);
    expect(result.remove).toBeUndefined();
    expect(lines).toHaveLength(1);
  });

  it("tries `latest` under the number that it gets", async () => {
    const { result } = await tried({
      repo: { x: { latest: x } },
      runs: [registers("App", "7"), unregisters("App", "7")],
    });
    expect(result).toMatchObject({ ok: true, leftBehind: [] });
  });

  it("does not take for left behind what was there before", async () => {
    const other = { DisplayName: ["REG_SZ", "Old"], UninstallString: ["REG_SZ", "u"] } as const;
    const { result } = await tried({
      registry64: { [uninstallKey("old")]: other },
      runs: [registers("App", "1.0"), unregisters("App", "1.0")],
    });
    expect(result.ok).toBe(true);
  });
});

describe("upgrading", () => {
  const both = { x: { "1.0": x, "2.0": x }, y: { "1.0": { ...x, full_name: "Y" } } };
  const installed = [
    ["App", "1.0"],
    ["Y", "1.0"],
  ] as const;

  it("installs what is newer", async () => {
    const { context } = machineWith({ repo: both, installed, runs: [registers("App", "2.0")] });
    const { salt, report } = await upgrade(context);
    expect(salt).toEqual({ x: { old: "1.0", new: "1.0,2.0" } });
    expect(report.packages.map(({ package: name, version }) => [name, version])).toEqual([["x", "2.0"]]);
  });

  it("does only what is asked, and says what is up to date or not there", async () => {
    const { machine, context } = machineWith({ repo: both, installed });
    const { salt, report } = await upgrade(context, ["y", "z"]);
    expect(salt).toEqual({});
    expect(machine.trace().commands).toEqual([]);
    expect(report.packages.map(({ package: name, status }) => [name, status])).toEqual([
      ["y", "unchanged"],
      ["z", "failed"],
    ]);
  });
});
