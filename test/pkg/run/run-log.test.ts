import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { install } from "../../../engine/pkg/install.js";
import { interruptedRun, RunLog, readRunLog } from "../../../engine/pkg/run/run-log.js";
import { withTargetLock } from "../../../engine/pkg/run/target-lock.js";
import { LockedError } from "../../../engine/process/file-lock.js";
import { machineWith, registers } from "../machine.js";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-log-"));
  file = path.join(folder, "log.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = { event: "start", action: "install", packages: ["x=1.0"] } as const;

describe("the log", () => {
  it("is one object a line, and only grows", () => {
    new RunLog(file).write(start);
    const before = readFileSync(file, "utf8");
    new RunLog(file).write({ event: "end", outcome: "done" });
    expect(readFileSync(file, "utf8").startsWith(before)).toBe(true);
    expect(readRunLog(file).map(({ event }) => event)).toEqual(["start", "end"]);
  });

  it("survives a torn line", () => {
    new RunLog(file).write(start);
    appendFileSync(file, '{"time":"20');
    new RunLog(file).write({ event: "end", outcome: "done" });
    expect(readRunLog(file).map(({ event }) => event)).toEqual(["start", "end"]);
  });

  it("reads the end of a long one", () => {
    writeFileSync(file, `${"x".repeat(2_000_000)}\n`);
    new RunLog(file).write(start);
    expect(readRunLog(file)).toHaveLength(1);
  });
});

describe("what an interrupted run had come to", () => {
  it.each([
    [[start], "before anything was done"],
    [[start, { event: "fetch", package: "x", url: "https://h/x.exe" }], "while fetching https://h/x.exe for x"],
    [[start, { event: "run", package: "x", line: '"x.exe" /S' }], 'while this was running for x: "x.exe" /S'],
    [[start, { event: "exit", package: "x", exitCode: 0 }], "after a program of x had ended with 0"],
    [[start, { event: "exit", package: "x", timedOut: true }], "after a program of x had been stopped"],
  ] as const)("%#", (events, told) => {
    const log = new RunLog(file);
    for (const event of events) log.write(event);
    expect(interruptedRun(file)).toContain(told);
    expect(interruptedRun(file)).toContain("install x=1.0");
  });

  it("is nothing when it came to its end, or when there was none", () => {
    expect(interruptedRun(file)).toBeUndefined();
    const log = new RunLog(file);
    log.write(start);
    log.write({ event: "end", outcome: "failed" });
    expect(interruptedRun(file)).toBeUndefined();
  });
});

describe("holding a target", () => {
  it("keeps others out and lets the next one know", async () => {
    await withTargetLock(path.join(folder, "lab"), "install x", async ({ journal, notes }) => {
      expect(notes).toEqual([]);
      journal.write(start);
      await expect(withTargetLock(path.join(folder, "lab"), "install y", async () => {})).rejects.toThrow(LockedError);
      await withTargetLock(path.join(folder, "other"), "install y", async () => {});
    });
    await withTargetLock(path.join(folder, "lab"), "list", async ({ notes }) => {
      expect(notes).toEqual([expect.stringContaining("was interrupted before anything was done")]);
    });
  });
});

it("writes down what is done, before it is done, and no secrets", async () => {
  const { context, machine } = machineWith({
    repo: { x: { "1.0": { full_name: "x", installer: "https://me:hunter2@h/x.exe", install_flags: "/S" } } },
    runs: [registers("x", "1.0")],
  });
  const log = new RunLog(file);
  const run = machine.run.bind(machine);
  machine.run = async (line, options) => {
    expect(readRunLog(file).at(-1)).toMatchObject({ event: "run", package: "x" });
    return run(line, options);
  };
  await install({ ...context, journal: log }, { name: "x" });
  expect(readRunLog(file).map(({ event }) => event)).toEqual(["start", "fetch", "run", "exit", "end"]);
  expect(readFileSync(file, "utf8")).not.toContain("hunter2");
});

it("writes nothing down in a dry run", async () => {
  const { context } = machineWith({ repo: { x: { "1.0": { full_name: "x", installer: "https://h/x.exe" } } } });
  await install({ ...context, journal: new RunLog(file) }, { name: "x" }, { dryRun: true });
  expect(readRunLog(file)).toEqual([]);
});

it.skipIf(process.platform === "win32")("is written through no link", () => {
  const outside = path.join(folder, "outside");
  writeFileSync(outside, "theirs\n");
  symlinkSync(outside, file);
  expect(() => new RunLog(file).write(start)).toThrow();
  expect(readFileSync(outside, "utf8")).toBe("theirs\n");
});
