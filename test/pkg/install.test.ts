import { describe, expect, it } from "vitest";
import { type InstallOptions, install } from "../../engine/pkg/install.js";
import { InvocationError, type PackageSelection } from "../../engine/pkg/request.js";
import { TargetError } from "../../engine/target/target.js";
import { machineWith, registers } from "./machine.js";

const cache = "C:\\ProgramData\\Salt Project\\Salt\\var\\cache\\salt\\minion\\extrn_files\\base\\h";
const x = { full_name: "x", installer: "https://h/x.exe", install_flags: "/S" };
const y = { full_name: "y", installer: "https://h/y.exe", install_flags: "/S" };

interface Row {
  readonly repo?: Parameters<typeof machineWith>[0];
  readonly select?: PackageSelection;
  readonly options?: InstallOptions;
  readonly answer: unknown;
  readonly lines: readonly string[];
}

const one = { repo: { x: { "1.0": x } } };
const both = { x: { "1.0": x, "2.0": x } };
const onlyLatest = { x: { latest: x } };
const msi = { full_name: "x", installer: "https://h/x.msi", msiexec: true };

// salt-reference §16.2, row by row.
const rows: { readonly [situation: string]: Row } = {
  "not installed, becomes x 1.0": {
    repo: { ...one, runs: [registers("x", "1.0")] },
    answer: { x: { old: "", new: "1.0" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "DisplayName differs": {
    repo: { ...one, runs: [registers("X 1", "1.0")] },
    answer: { x: { "install status": "success" }, "X 1": { old: "", new: "1.0" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "already installed, no version (2.0 defined too)": {
    repo: { repo: both, installed: [["x", "1.0"]] },
    answer: {},
    lines: [],
  },
  "version=latest, 1.0 installed, 2.0 defined": {
    repo: {
      repo: both,
      installed: [["x", "1.0"]],
      runs: [
        {
          ...registers("x", "2.0"),
          delete: [["64", "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\x 1.0"]],
        },
      ],
    },
    select: { name: "x", version: "latest" },
    answer: { x: { old: "1.0", new: "2.0" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "only `latest` defined, 99 installed, version=latest": {
    repo: { repo: onlyLatest, installed: [["x", "99"]] },
    select: { name: "x", version: "latest" },
    answer: { x: { "install status": "success" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "same, no version": { repo: { repo: onlyLatest, installed: [["x", "99"]] }, answer: {}, lines: [] },
  "version=1.10 (float), which arrives as 1.1": {
    repo: { repo: { x: { "1.10": x } } },
    select: { name: "x", version: "1.1" },
    answer: { x: { "not found": "1.1" } },
    lines: [],
  },
  "force with version not defined but installed": {
    repo: { ...one, installed: [["x", "1.5"]] },
    select: { name: "x", version: "1.5" },
    options: { force: true },
    answer: { x: "KeyError: '1.5'" },
    lines: [],
  },
  "msiexec: True": {
    repo: { repo: { x: { "1.0": { ...msi, install_flags: "/qn" } } } },
    answer: { x: { "install status": "success" } },
    lines: [`"msiexec" /I "${cache}\\x.msi" ALLUSERS=1 /qn`],
  },
  "allusers: False, no flags": {
    repo: { repo: { x: { "1.0": { ...msi, allusers: false } } } },
    answer: { x: { "install status": "success" } },
    lines: [`"msiexec" /I "${cache}\\x.msi"`],
  },
  "install_flags: [/S, /x]": {
    repo: { repo: { x: { "1.0": { ...x, install_flags: ["/S", "/x"] } } } },
    answer: { x: { "install status": "success" } },
    lines: [`"${cache}\\x.exe" ['/S', '/x']`],
  },
  "install_flags: null + extra /E": {
    repo: { repo: { x: { "1.0": { ...x, install_flags: null } } } },
    options: { extraInstallFlags: "/E" },
    answer: { x: { "install status": "success" } },
    lines: [`"${cache}\\x.exe" None /E`],
  },
  "pkgs=['x','y'], extra flags are ignored": {
    repo: { repo: { x: { "1.0": x }, y: { "1.0": y } } },
    select: { pkgs: ["x", "y"] },
    options: { extraInstallFlags: "/E" },
    answer: { x: { "install status": "success" }, y: { "install status": "success" } },
    lines: [`"${cache}\\x.exe" /S`, `"${cache}\\y.exe" /S`],
  },
  "name='x,y' version=1.0, y lacks 1.0": {
    repo: { repo: { x: { "1.0": x }, y: { "2.0": y } } },
    select: { name: "x,y", version: "1.0" },
    answer: { x: { "install status": "success" }, y: { "not found": "1.0" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "exit 3010": {
    repo: { ...one, runs: [{ exit: 3010 }] },
    answer: { x: { "install status": "success, reboot required" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "exit 1641": {
    repo: { ...one, runs: [{ exit: 1641 }] },
    answer: { x: { "install status": "success, reboot initiated" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "exit 3011": {
    repo: { ...one, runs: [{ exit: 3011 }] },
    answer: { x: { "install status": "failed" } },
    lines: [`"${cache}\\x.exe" /S`],
  },
  "local %TEMP%\\a\\x.exe keeps %TEMP%": {
    repo: { repo: { x: { "1.0": { ...x, installer: "%TEMP%\\a\\x.exe" } } } },
    answer: { x: { "install status": "success" } },
    lines: ['"%TEMP%\\a\\x.exe" /S'],
  },
};

describe("pkg.install (salt-reference §16.2)", () => {
  it.each(Object.entries(rows))(
    "%s",
    async (_situation, { repo = one, select = { name: "x" }, options, answer, lines }) => {
      const { machine, context } = machineWith(repo);
      const { salt } = await install(context, select, options);
      expect(salt).toEqual(answer);
      expect(machine.trace().commands.map(({ line }) => line)).toEqual(lines);
    },
  );

  it("starts the program in the folder of its file", async () => {
    const { machine, context } = machineWith(one);
    await install(context, { name: "x" });
    expect(machine.trace().commands[0]?.cwd).toBe(cache);
  });
});

describe("what Salt says (salt-reference §15)", () => {
  const answer = async (setup: Parameters<typeof machineWith>[0], select: PackageSelection = { name: "x" }) =>
    (await install(machineWith(setup).context, select)).salt;

  it("Must pass a single package or a list of packages", async () => {
    expect(await answer(one, {})).toBe("Must pass a single package or a list of packages");
  });

  it("Unable to locate package", async () => {
    expect(await answer(one, { name: "nope" })).toEqual({ nope: "Unable to locate package nope" });
  });

  it("does not trim the names of a list", async () => {
    expect(await answer(one, { name: "a, x" })).toEqual({
      a: "Unable to locate package a",
      " x": "Unable to locate package  x",
    });
  });

  it("no installer", async () => {
    expect(await answer({ repo: { x: { "1.0": { full_name: "x" } } } })).toEqual({ x: { "no installer": "1.0" } });
  });

  it("unable to cache", async () => {
    const setup = { repo: { x: { "1.0": { ...x, installer: "salt://a/x.exe" } } }, sources: [] };
    expect(await answer(setup)).toEqual({ x: { "unable to cache": "salt://a/x.exe" } });
  });

  it("failed to cache cache_file", async () => {
    const setup = { repo: { x: { "1.0": { ...x, cache_file: "salt://a/x.ini" } } } };
    expect(await answer(setup)).toEqual({ x: { "failed to cache cache_file": "salt://a/x.ini" } });
  });

  it("Failed to cache, for that package alone", async () => {
    const setup = { repo: { x: { "1.0": x }, y: { "1.0": y } }, raises: ["https://h/x.exe"] };
    expect(await answer(setup, { pkgs: ["x", "y"] })).toEqual({
      x: "Failed to cache https://h/x.exe\nError: HTTP 404: Not Found reading /x.exe",
      y: { "install status": "success" },
    });
  });

  it("refuses a list with a name that comes twice", async () => {
    await expect(answer(one, { pkgs: ["x", { x: "1.0" }] })).rejects.toThrow(InvocationError);
    await expect(answer(one, { pkgs: ["x", "x"] })).rejects.toThrow(
      /^You are passing a list of packages that contains duplicated packages names: .*\. This cannot be processed\. In case you are targeting different versions of the same package, please target them individually$/,
    );
  });
});

it("names the versions that there are, and the one that was probably meant", async () => {
  const versions = Object.fromEntries(
    ["1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.10", "8.0"].map((each) => [each, x]),
  );
  const { context } = machineWith({ repo: { x: versions } });
  const { report } = await install(context, { name: "x", version: "7.1" });
  expect(report.packages[0]?.summary).toBe(
    "x has no version 7.1. Defined are 8.0, 7.10, 6.0, 5.0, 4.0, 3.0 and 2 older ones. Did you mean 7.10?",
  );
});

describe("the cache (salt-reference §7.4)", () => {
  it("uses a copy that is there, and fetches `latest` all the same", async () => {
    const setup = { cached: ["https://h/x.exe"] };
    const first = machineWith({ ...setup, ...one });
    await install(first.context, { name: "x" });
    expect(first.machine.trace().fetched).toEqual([]);
    const second = machineWith({ ...setup, repo: onlyLatest });
    await install(second.context, { name: "x" });
    expect(second.machine.trace().fetched).toEqual(["https://h/x.exe"]);
  });

  it("brings the folder and the file that are asked for first", async () => {
    const installer = "salt://win/x/setup/x.exe";
    const { machine, context } = machineWith({
      repo: { x: { "1.0": { ...x, installer, cache_dir: true, cache_file: "salt://win/x/x.ini" } } },
      sources: [installer, "salt://win/x/x.ini", "salt://win/x/setup/data.cab"],
    });
    await install(context, { name: "x" });
    expect(machine.trace().fetched).toEqual(["salt://win/x/setup/", "salt://win/x/x.ini", installer]);
    const files = "C:\\ProgramData\\Salt Project\\Salt\\var\\cache\\salt\\minion\\files\\base\\win\\x";
    expect(await machine.exists(`${files}\\setup\\data.cab`)).toBe(true);
  });

  it("does not let a name lead out of the cache", async () => {
    const { machine, context } = machineWith({
      repo: { x: { "1.0": { ...x, installer: "https://h/../../../../../Windows/x.exe" } } },
    });
    const { report } = await install(context, { name: "x" });
    expect(report.packages[0]?.problems[0]?.code).toBe("cache-path");
    expect(machine.trace().commands).toEqual([]);
  });
});

describe("use_scheduler (salt-reference §7.8)", () => {
  const repo = {
    x: { "1.0": { ...x, use_scheduler: true } },
    "Salt_Minion-py3": { "1.0": { ...y, use_scheduler: true } },
  };

  it("waits for a task and never sees its exit code", async () => {
    const { machine, context } = machineWith({ repo, runs: [registers("x", "1.0", 1603)] });
    const { salt } = await install(context, { name: "x" });
    expect(salt).toEqual({ x: { old: "", new: "1.0" } });
    expect(machine.trace().tasks).toEqual([{ cmd: `"${cache}\\x.exe"`, arguments: "/S", start_in: cache }]);
  });

  it("does not wait for salt-minion", async () => {
    const { context } = machineWith({ repo });
    const { salt, report } = await install(context, { name: "Salt_Minion-py3" });
    expect(salt).toEqual({ "Salt_Minion-py3": { "install status": "task started" } });
    expect(report.packages[0]?.status).toBe("started");
  });

  it.each(["x", "Salt_Minion-py3"])("says failed when the task of %s does not start", async (name) => {
    const { machine, context } = machineWith({ repo });
    machine.runTask = async () => false;
    const { salt } = await install(context, { name });
    expect(salt).toEqual({ [name]: { "install status": "failed" } });
  });
});

describe("reboots (salt-reference §7.9)", () => {
  const setup = { repo: { x: { "1.0": x }, y: { "1.0": y } }, runs: [{ exit: 3010 }, { exit: 3010 }] };

  it("marks the machine", async () => {
    const { machine, context } = machineWith(setup);
    const { report } = await install(context, { name: "x" });
    expect(machine.trace().reboot).toBe(true);
    expect(report.rebootRequired).toBe(true);
  });

  it("forgets that it should not, after the first time", async () => {
    const alone = machineWith(setup);
    await install(alone.context, { name: "x" }, { reportRebootExitCodes: false });
    expect(alone.machine.trace().reboot).toBe(false);
    const two = machineWith(setup);
    await install(two.context, { name: "x,y" }, { reportRebootExitCodes: false });
    expect(two.machine.trace().reboot).toBe(true);
  });
});

describe("msiexec (salt-reference §1.2)", () => {
  const program = async (msiexec: unknown, files: readonly string[] = []) => {
    const { machine, context } = machineWith({ repo: { x: { "1.0": { ...x, msiexec: msiexec as string } } }, files });
    const { report, salt } = await install(context, { name: "x" });
    return { line: machine.trace().commands[0]?.line, report, salt };
  };

  it("takes a program that is there", async () => {
    const { line } = await program("D:\\tools\\msiexec.exe", ["D:\\tools\\msiexec.exe"]);
    expect(line).toBe(`"D:\\tools\\msiexec.exe" /I "${cache}\\x.exe" ALLUSERS=1 /S`);
  });

  it.each(["False", "no", "", "True", "D:\\nope.exe"])("takes the registered one for the text %j", async (text) => {
    const { line, report } = await program(text);
    expect(line).toBe(`"msiexec" /I "${cache}\\x.exe" ALLUSERS=1 /S`);
    expect(report.packages[0]?.problems[0]?.message).toContain("Using system registered msiexec instead");
  });

  it.each([null, 0, 1, [["a"]], { a: 1 }])("reports %j, over which Salt gives up", async (value) => {
    const { line, report } = await program(value);
    expect(line).toBeUndefined();
    expect(report.packages[0]?.problems[0]).toMatchObject({
      code: "attribute-type",
      key: "msiexec",
      salt: { exception: "TypeError" },
    });
  });
});

describe("a dry run", () => {
  it("says what it would do and does nothing", async () => {
    const { machine, context } = machineWith({ repo: { x: { "1.0": x }, y: { "1.0": { full_name: "y" } } } });
    const { report } = await install(context, { pkgs: ["x", "y"] }, { dryRun: true });
    expect(machine.trace()).toEqual({ commands: [], fetched: [], tasks: [], reboot: false });
    expect(report.packages[0]).toMatchObject({
      status: "planned",
      fetched: [{ url: "https://h/x.exe", path: `${cache}\\x.exe`, reused: false }],
      commands: [{ line: `"${cache}\\x.exe" /S`, cwd: cache }],
    });
    expect(report.packages[1]?.status).toBe("failed");
  });
});

it("stops between packages when it is cancelled", async () => {
  const abort = new AbortController();
  const { machine, context } = machineWith({ repo: { x: { "1.0": x }, y: { "1.0": y } } });
  machine.run = async () => {
    abort.abort(new Error("enough"));
    return { exitCode: 0, output: "", timedOut: false };
  };
  await expect(install({ ...context, signal: abort.signal }, { pkgs: ["x", "y"] })).rejects.toThrow("enough");
  expect(machine.trace().fetched).toEqual(["https://h/x.exe"]);
});

it("tells what was done when the machine cannot be asked any more", async () => {
  const { machine, context } = machineWith({ repo: { x: { "1.0": x } }, runs: [{ exit: 1641 }] });
  const run = machine.run.bind(machine);
  machine.run = async (line, options) => {
    machine.readRegistry = async () => {
      throw new TargetError("The connection is gone.");
    };
    return run(line, options);
  };
  const { salt, report } = await install(context, { name: "x" });
  expect(salt).toEqual({ x: { "install status": "success, reboot initiated" } });
  expect(report.notes).toEqual(["What has changed cannot be read: The connection is gone."]);
  expect(report.packages[0]?.status).toBe("doubtful");
});
