import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFile, replaceOwnFile } from "../engine/replace-file.js";

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

  it("is what a link leads to, when the person named the link", async () => {
    const [file, link] = [path.join(folder, "a"), path.join(folder, "link")];
    writeFileSync(file, "old");
    symlinkSync("a", link);
    await replaceFile(link, "new");
    expect([readFileSync(file, "utf8"), readlinkSync(link)]).toEqual(["new", "a"]);
  });

  it.each<[string, (file: string) => unknown]>([
    ["by replaceFile", (file) => replaceFile(file, "new", { follow: false })],
    ["by replaceOwnFile", (file) => replaceOwnFile(file, "new")],
  ])("is the link itself, when nobody named it: %s", async (_, replace) => {
    const file = path.join(folder, "a");
    const [link, dangling] = [path.join(folder, "link"), path.join(folder, "dangling")];
    writeFileSync(file, "old");
    symlinkSync("a", link);
    symlinkSync("missing", dangling);
    for (const each of [link, dangling]) await replace(each);
    expect(readFileSync(file, "utf8")).toBe("old");
    for (const each of [link, dangling])
      expect([lstatSync(each).isFile(), readFileSync(each, "utf8")]).toEqual([true, "new"]);
    expect(readdirSync(folder).sort()).toEqual(["a", "dangling", "link"]);
  });

  it.runIf(process.platform !== "win32")("is a pipe, when nobody named it, and is not waited for", async () => {
    const pipe = path.join(folder, "pipe");
    spawnSync("mkfifo", [pipe]);
    await replaceFile(pipe, "new", { follow: false });
    expect([lstatSync(pipe).isFile(), readFileSync(pipe, "utf8")]).toEqual([true, "new"]);
  });

  it("is for the user alone among what is kept", () => {
    const file = path.join(folder, "a");
    writeFileSync(file, "old", { mode: 0o644 });
    replaceOwnFile(file, "new");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(() => replaceOwnFile(path.join(folder, "missing/a"), "new")).toThrow(
      "missing/a: cannot be written: there is no",
    );
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
