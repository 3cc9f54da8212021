import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readRegularFile } from "../../engine/files/read-regular-file.js";
import { scratchFolder } from "../target/simulated-machine.js";

describe("readRegularFile", () => {
  it("reads what is within its limit", () => {
    const file = path.join(scratchFolder(), "a");
    writeFileSync(file, "0123456789");
    expect(readRegularFile(file, { maxBytes: 10 }).toString()).toBe("0123456789");
    expect(() => readRegularFile(file, { maxBytes: 9 })).toThrow("is larger than 9 bytes");
    writeFileSync(file, "");
    expect(readRegularFile(file, { maxBytes: 9 })).toHaveLength(0);
  });

  it("refuses folders, devices that never end, and pipes that nobody writes to", () => {
    const folder = scratchFolder();
    expect(() => readRegularFile(folder, { maxBytes: 10 })).toThrow("is no regular file");
    if (process.platform === "win32") return;
    expect(() => readRegularFile("/dev/zero", { maxBytes: 10 })).toThrow("is no regular file");
    const pipe = path.join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    expect(() => readRegularFile(pipe, { maxBytes: 10 })).toThrow("is no regular file");
    const link = path.join(folder, "link");
    symlinkSync("/dev/zero", link);
    expect(() => readRegularFile(link, { maxBytes: 10 })).toThrow("is no regular file");
  });

  it.skipIf(process.platform !== "linux")("stops at the limit in a file that says it is empty", () => {
    expect(readRegularFile("/proc/self/status", { maxBytes: 64 * 1024 }).toString()).toContain("Pid:");
    expect(() => readRegularFile("/proc/self/status", { maxBytes: 20 })).toThrow("is larger than 20 bytes");
  });

  it.skipIf(process.platform === "win32")("follows links only where it may", () => {
    const folder = scratchFolder();
    writeFileSync(path.join(folder, "a"), "a");
    symlinkSync("a", path.join(folder, "link"));
    expect(readRegularFile(path.join(folder, "link"), { maxBytes: 10 }).toString()).toBe("a");
    expect(() => readRegularFile(path.join(folder, "link"), { maxBytes: 10, followLinks: false })).toThrow(
      "is a symbolic link",
    );
  });
});
