import { describe, expect, it } from "vitest";
import { type RemoveOptions, remove } from "../../engine/pkg/remove.js";
import type { PackageSelection } from "../../engine/pkg/request.js";
import { instantClock, machineWith, unregisters } from "./machine.js";

const x = { full_name: "x", installer: "https://h/x.exe", uninstaller: "C:\\x\\u.exe", uninstall_flags: "/S" };

interface Row {
  readonly setup: Parameters<typeof machineWith>[0];
  readonly select?: PackageSelection;
  readonly options?: RemoveOptions;
  readonly answer: unknown;
  readonly lines: readonly string[];
}

const installed: Row["setup"] = { repo: { x: { "1.0": x } }, installed: [["x", "1.0"]] };
const removable: Row["setup"] = { ...installed, runs: [unregisters("x", "1.0")] };
const defined = (attributes: object): Row["setup"] => ({
  ...installed,
  repo: { x: { "1.0": { full_name: "x", ...attributes } } },
});
const success = { x: { "uninstall status": "success" } };

// salt-reference §16.3, row by row.
const rows: { readonly [situation: string]: Row } = {
  "not installed": { setup: { repo: { x: { "1.0": x } } }, answer: { x: { current: "not installed" } }, lines: [] },
  "1.0 installed and defined": {
    setup: removable,
    answer: { x: { new: "", old: "1.0" } },
    lines: ['"C:\\x\\u.exe" /S'],
  },
  "1.5 installed, only 1.0 defined, no version": {
    setup: { ...installed, installed: [["x", "1.5"]] },
    answer: { x: "KeyError: '1.5'" },
    lines: [],
  },
  "1.5 installed, `latest` defined": {
    setup: {
      repo: { x: { "1.0": x, latest: { ...x, uninstaller: "C:\\x\\latest.exe" } } },
      installed: [["x", "1.5"]],
      runs: [unregisters("x", "1.5")],
    },
    answer: { x: { new: "", old: "1.5" } },
    lines: ['"C:\\x\\latest.exe" /S'],
  },
  "1.0 and 2.0 installed": {
    setup: {
      repo: { x: { "1.0": x, "2.0": { ...x, uninstaller: "C:\\x\\u2.exe" } } },
      installed: [
        ["x", "1.0"],
        ["x", "2.0"],
      ],
      runs: [unregisters("x", "1.0"), unregisters("x", "2.0")],
    },
    answer: { x: { new: "", old: "1.0,2.0" } },
    lines: ['"C:\\x\\u.exe" /S', '"C:\\x\\u2.exe" /S'],
  },
  "msiexec: True, uninstaller: '{1234}'": {
    setup: defined({ msiexec: true, uninstaller: "{1234}", uninstall_flags: "/S" }),
    answer: success,
    lines: ['"msiexec" /X "{1234}" /S'],
  },
  "uninstaller: MsiExec.exe /X{G}": {
    setup: defined({ uninstaller: "MsiExec.exe /X{G}", uninstall_flags: "/S" }),
    answer: success,
    lines: ['"MsiExec.exe \\X{G}" /S'],
  },
  "no uninstaller, uninstall_flags present": {
    setup: defined({ installer: "C:\\x\\setup.exe", uninstall_flags: "/U" }),
    answer: success,
    lines: ['"C:\\x\\setup.exe" /U'],
  },
  neither: {
    setup: defined({ installer: "C:\\x\\setup.exe" }),
    answer: { x: { "no uninstaller defined": "1.0" } },
    lines: [],
  },
};

describe("pkg.remove (salt-reference §16.3)", () => {
  it.each(Object.entries(rows))("%s", async (_situation, { setup, select = { name: "x" }, options, answer, lines }) => {
    const { machine, context } = machineWith(setup);
    const { salt } = await remove(context, select, options);
    expect(salt).toEqual(answer);
    expect(machine.trace().commands).toEqual(lines.map((line) => ({ line, cwd: null })));
  });
});

describe("what Salt says (salt-reference §15)", () => {
  const answer = async (setup: Row["setup"], select: PackageSelection) =>
    (await remove(machineWith(setup).context, select)).salt;

  it("Must pass a single package or a list of packages", async () => {
    expect(await answer(installed, {})).toBe("Must pass a single package or a list of packages");
  });

  it("Unable to locate package", async () => {
    expect(await answer(installed, { name: "nope" })).toEqual({ nope: "Unable to locate package nope" });
  });

  it("<v> not installed", async () => {
    const setup = { ...installed, repo: { x: { "1.0": x, "2.0": x } } };
    expect(await answer(setup, { name: "x", version: "2.0" })).toEqual({ x: { current: "2.0 not installed" } });
  });

  it("<v> no definition, cannot removed", async () => {
    const missing = { x: { current: "9 no definition, cannot removed" } };
    expect(await answer(installed, { name: "x", version: "9" })).toEqual(missing);
    expect(await answer(installed, { name: "x", version: "latest" })).toEqual({
      x: { current: "latest no definition, cannot removed" },
    });
  });

  it("latest not installed", async () => {
    const setup = { ...installed, repo: { x: { latest: x } } };
    expect(await answer(setup, { name: "x", version: "latest" })).toEqual({ x: { current: "latest not installed" } });
  });

  it("unable to cache", async () => {
    const setup = { ...defined({ uninstaller: "salt://a/u.exe" }), sources: [] };
    expect(await answer(setup, { name: "x" })).toEqual({ x: { "unable to cache": "salt://a/u.exe" } });
  });

  it("Failed to cache, for that package alone", async () => {
    const setup = { ...defined({ uninstaller: "https://h/u.exe" }), raises: ["https://h/u.exe"] };
    expect(await answer(setup, { name: "x" })).toEqual({
      x: "Failed to cache https://h/u.exe\nError: HTTP 404: Not Found reading /u.exe",
    });
  });

  it.each([
    [3010, "success, reboot required"],
    [1641, "success, reboot initiated"],
    [1605, "failed"],
    [-1, "failed"],
  ])("exit %i is %s", async (exit, status) => {
    expect(await answer({ ...installed, runs: [{ exit }] }, { name: "x" })).toEqual({
      x: { "uninstall status": status },
    });
  });
});

describe("uninstallers", () => {
  it("expands variables of local paths", async () => {
    const { machine, context } = machineWith(
      defined({ uninstaller: "%ProgramFiles(x86)%/x/u.exe", uninstall_flags: "/S" }),
    );
    await remove(context, { name: "x" });
    expect(machine.trace().commands[0]?.line).toBe('"C:\\Program Files (x86)\\x\\u.exe" /S');
  });

  it("uses what is in the cache, also for salt: and latest", async () => {
    const setup = {
      repo: { x: { latest: { ...x, uninstaller: "salt://a/u.exe" } } },
      installed: [["x", "9"]] as const,
      cached: ["salt://a/u.exe"],
    };
    const { machine, context } = machineWith(setup);
    await remove(context, { name: "x" });
    expect(machine.trace().fetched).toEqual([]);
    expect(machine.trace().commands[0]?.line).toContain("\\files\\base\\a\\u.exe");
  });

  it("adds extra flags", async () => {
    const { machine, context } = machineWith(installed);
    await remove(context, { name: "x" }, { extraUninstallFlags: "/E" });
    expect(machine.trace().commands[0]?.line).toBe('"C:\\x\\u.exe" /S /E');
  });

  it("reports a GUID that YAML made a mapping of, and removes the others", async () => {
    const { context, machine } = machineWith({
      repo: { x: { "1.0": { ...x, uninstaller: { "1234": null } } }, y: { "1.0": { ...x, full_name: "y" } } },
      installed: [
        ["x", "1.0"],
        ["y", "1.0"],
      ],
      runs: [unregisters("y", "1.0")],
    });
    const { salt, report } = await remove(context, { pkgs: ["x", "y"] });
    expect(salt).toMatchObject({ y: { old: "1.0", new: "" } });
    expect(report.packages[0]?.problems[0]).toMatchObject({
      code: "attribute-type",
      key: "uninstaller",
      version: "1.0",
    });
    expect(machine.trace().commands).toHaveLength(1);
  });
});

describe("changes that come late (salt-reference §8, step 11)", () => {
  it("looks again until they are there", async () => {
    const { machine, context } = machineWith(removable);
    const clock = instantClock();
    const run = machine.run.bind(machine);
    const late: (() => void)[] = [];
    machine.run = async () => {
      late.push(() => void run("late"));
      return { exitCode: 0, output: "", timedOut: false };
    };
    const sleep = clock.sleep;
    const { salt } = await remove(
      {
        ...context,
        clock: {
          now: clock.now,
          sleep: async (milliseconds) => {
            await sleep(milliseconds);
            if (clock.slept === 1000) for (const act of late) act();
          },
        },
      },
      { name: "x" },
    );
    expect(salt).toEqual({ x: { old: "1.0", new: "" } });
    expect(clock.slept).toBe(1000);
  });

  it("gives up after three seconds and says so", async () => {
    const { context } = machineWith(installed);
    const clock = instantClock();
    const { report } = await remove({ ...context, clock }, { name: "x" });
    expect(clock.slept).toBe(3000);
    expect(report.notes).toContain("Expected changes for package removal may not have occurred");
    expect(report.packages[0]).toMatchObject({ status: "doubtful", problems: [{ code: "nothing-removed" }] });
  });

  it("does not wait for what failed", async () => {
    const { context } = machineWith({ ...installed, runs: [{ exit: 1603 }] });
    const clock = instantClock();
    await remove({ ...context, clock }, { name: "x" });
    expect(clock.slept).toBe(0);
  });
});
