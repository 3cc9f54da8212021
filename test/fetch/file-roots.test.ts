import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CachePathError } from "../../engine/fetch/cache-path.js";
import { FetchError } from "../../engine/fetch/fetch-error.js";
import { FileRoots } from "../../engine/fetch/file-roots.js";

let root: string;
let files: FileRoots;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "salt files "));
  for (const file of [
    "repo/app/setup.exe",
    "repo/app/data/a.cab",
    "repo/app/init.sls",
    "repo/app/initXsls",
    "repo/.winrepo/machine/drive_c/big.bin",
    "secret.txt",
  ]) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), file);
  }
  symlinkSync(path.join(root, "secret.txt"), path.join(root, "repo/app/link.txt"));
  files = new FileRoots([
    { at: "win/repo-ng", folder: path.join(root, "repo") },
    { at: "", folder: path.join(root, "repo") },
  ]);
});
afterAll(() => rmSync(root, { recursive: true }));

describe("salt:// from folders", () => {
  it("never shows what Winrepo keeps, also where a whole repository is cached", () => {
    expect(files.file("salt://.winrepo/machine/drive_c/big.bin")).toBeUndefined();
    const all = files.directory("salt://win/repo-ng").map(({ url }) => url);
    expect(all).toContain("salt://win/repo-ng/app/setup.exe");
    expect(all.filter((url) => url.includes(".winrepo"))).toEqual([]);
  });

  it("finds a file through each mount", () => {
    const setup = path.join(root, "repo/app/setup.exe");
    expect(files.file("salt://win/repo-ng/app/setup.exe")).toBe(setup);
    expect(files.file("salt://app/setup.exe")).toBe(setup);
    expect(files.file("salt://app/setup.exe?saltenv=base")).toBe(setup);
  });

  it("has nothing for what is not there, for folders and for other environments", () => {
    expect(files.file("salt://app/nothing.exe")).toBeUndefined();
    expect(files.file("salt://app")).toBeUndefined();
    expect(files.file("salt://app/setup.exe?saltenv=dev")).toBeUndefined();
  });

  it("never leads out", () => {
    expect(() => files.file("salt://app/../../secret.txt")).toThrow(CachePathError);
    expect(files.file("salt://app/link.txt")).toBeUndefined();
  });

  it("lists a folder without what ends like init.sls", () => {
    expect(files.directory("salt://win/repo-ng/app").map(({ url }) => url)).toEqual([
      "salt://win/repo-ng/app/data/a.cab",
      "salt://win/repo-ng/app/setup.exe",
    ]);
  });

  it("refuses a folder that is not there", () => {
    expect(() => files.directory("salt://nothing")).toThrow(FetchError);
  });
});
