import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFile } from "../engine/replace-file.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-replace-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a file that is replaced", () => {
  it("has the new content and the old mode, and nothing lies beside it", async () => {
    const file = path.join(folder, "a");
    writeFileSync(file, "old");
    chmodSync(file, 0o600);
    await replaceFile(file, "new");
    expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777, readdirSync(folder)]).toEqual([
      "new",
      0o600,
      ["a"],
    ]);
  });

  it.each([
    ["missing/a", "there is no such folder"],
    [".", "it is a folder"],
  ])("says why it cannot be: %s", async (name, reason) => {
    const file = path.join(folder, name);
    await expect(replaceFile(file, "new")).rejects.toThrow(`${file}: cannot be written: ${reason}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  const devices = existsSync("/dev/full");

  it.runIf(devices)("is not put in the place of a device; a full one is named", async () => {
    await expect(replaceFile("/dev/full", "new")).rejects.toThrow("/dev/full: cannot be written: no space left");
    await replaceFile("/dev/null", "new");
    expect(statSync("/dev/null").isFile()).toBe(false);
  });

  it.runIf(devices)("is named also when it is the output of the program", () => {
    writeFileSync(path.join(folder, "a.sls"), "a:\n  1.10:\n    full_name: A\n");
    const cli = path.resolve(import.meta.dirname, "../dist/cli.mjs");
    const { status, stderr } = spawnSync(process.execPath, [cli, "lint", "a.sls"], {
      cwd: folder,
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain("winrepo: the output cannot be written: no space left on the device");
  });
});
