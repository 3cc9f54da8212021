import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LockedError, type LockOwner, takeLock } from "../../engine/process/file-lock.js";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-lock-"));
  file = path.join(folder, "deep", "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** No process has this id: Linux stops at 4194304, Windows at multiples of 4. */
const deadPid = 4_194_305;

function held(owner: Partial<LockOwner>): void {
  takeLock(file, "").release();
  const whole = { pid: process.pid, host: hostname(), since: "2026-01-01T00:00:00Z", purpose: "install x", ...owner };
  writeFileSync(file, JSON.stringify(whole));
}

function refusal(): LockedError {
  try {
    takeLock(file, "again");
  } catch (error) {
    if (error instanceof LockedError) return error;
    throw error;
  }
  throw new Error("the lock was taken");
}

describe("a lock", () => {
  it("is held by one at a time, and names its owner", () => {
    const lock = takeLock(file, "install firefox");
    const { message, owner } = refusal();
    expect(owner).toMatchObject({ pid: process.pid, host: hostname(), purpose: "install firefox" });
    expect(message).toContain(`process ${process.pid} on ${hostname()}`);
    expect(message).toContain("install firefox");
    lock.release();
    takeLock(file, "next").release();
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  it("of a dead process is taken over", () => {
    held({ pid: deadPid });
    const lock = takeLock(file, "mine");
    expect(lock.abandonedBy).toMatchObject({ pid: deadPid, purpose: "install x" });
    lock.release();
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  it.runIf(process.platform === "linux")("of a process whose id was given to another is taken over", () => {
    held({ started: "another boot/1" });
    expect(takeLock(file, "mine").abandonedBy?.pid).toBe(process.pid);
  });

  it("of another machine is never taken over", () => {
    held({ host: "elsewhere", pid: deadPid });
    expect(refusal().message).toContain(`remove ${file}`);
  });

  it("that cannot be read is not taken over", () => {
    held({});
    writeFileSync(file, "{ not json");
    expect(refusal().owner).toBeUndefined();
  });

  it("that was never written is taken over when it is old", () => {
    held({});
    writeFileSync(file, "");
    expect(refusal().owner).toBeUndefined();
    utimesSync(file, 0, 0);
    takeLock(file, "mine").release();
  });

  it("is cleared of what killed processes left beside it", () => {
    held({ pid: deadPid });
    writeFileSync(`${file}.${deadPid}`, "");
    writeFileSync(`${file}.stale-${deadPid}`, "");
    writeFileSync(`${file}.note`, "");
    takeLock(file, "mine").release();
    expect(readdirSync(path.dirname(file))).toEqual([`${path.basename(file)}.note`]);
  });

  it("that somebody else took meanwhile is not released", () => {
    const lock = takeLock(file, "mine");
    writeFileSync(file, "theirs");
    lock.release();
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toBe("theirs");
  });
});
