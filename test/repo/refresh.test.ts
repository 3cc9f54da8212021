import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, symlinkSync, utimesSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DiskFileServer } from "../../engine/repo/disk-file-server.js";
import {
  checkLocalFolder,
  checkWindowsFolder,
  isRefreshDue,
  RefreshError,
  repositoryLocations,
} from "../../engine/repo/locations.js";
import { databaseAge, refreshDb } from "../../engine/repo/refresh-db.js";
import { readWinrepoFile } from "../../engine/repo/winrepo-p.js";
import { toJson } from "../../engine/value/convert.js";
import { fakeRenderer } from "./fake-render.js";
import { temporaryFolder } from "./folder.js";

const folder = temporaryFolder();
const options = { saltenv: "base", sourceDir: "salt://win/repo-ng/", cacheFile: "winrepo.p" };

describe("locations", () => {
  it("are those of a minion", () => {
    const { folder: place, file } = repositoryLocations({ ...options, cacheDir: "C:\\salt\\cache" }, path.win32);
    expect(place).toBe("C:\\salt\\cache\\files\\base\\win\\repo-ng");
    expect(file).toBe("C:\\salt\\cache\\files\\base\\win\\repo-ng\\winrepo.p");
  });

  it("use winrepo.p when the option is no file name, and say so", () => {
    const locations = repositoryLocations({ ...options, cacheFile: "a/b.p", cacheDir: "/c" });
    expect(path.basename(locations.file)).toBe("winrepo.p");
    expect(locations.note).toContain("a/b.p");
  });

  it.each(["win/repo-ng", "salt://", "salt://win/../../etc"])("refuse the source %s", (sourceDir) => {
    expect(() => repositoryLocations({ ...options, sourceDir, cacheDir: "/c" })).toThrow(RefreshError);
  });

  it.each(["C:\\", "\\", "c:", "C:\\Windows", "c:\\windows\\System32\\x", "\\\\server\\share"])(
    "are not safe to wipe at %s",
    (place) => {
      expect(() => checkWindowsFolder(place)).toThrow("Attempting to delete files from a possibly unsafe location");
    },
  );

  it.each(["C:\\salt\\files", "C:\\Windows\\TEMP\\x", "C:\\Windows.old\\x"])("are safe at %s", (place) => {
    expect(() => checkWindowsFolder(place)).not.toThrow();
  });

  it("lie below the cache on this machine", () => {
    expect(() => checkLocalFolder("/srv/cache/files/base/win", "/srv/cache")).not.toThrow();
    expect(() => checkLocalFolder("/srv/cache/../etc", "/srv/cache")).toThrow(RefreshError);
    expect(() => checkLocalFolder("/files", "/")).toThrow(RefreshError);
  });
});

describe("when a refresh is due", () => {
  const rules = { expireMin: 1800, expireMax: 604800 };
  it.each([
    [-1, false, true],
    [-1, true, true],
    [100, true, false],
    [1800, true, true],
    [604800, false, false],
    [604801, false, true],
    [-5, true, false],
    [-5, false, false],
  ])("age %d, forced %s: %s", (age, force, due) => {
    expect(isRefreshDue(age, force, rules)).toBe(due);
  });

  it("a limit of 0 never stands against force", () => {
    expect(isRefreshDue(1, true, { expireMin: 0, expireMax: 10 })).toBe(true);
  });
});

describe("refresh_db", () => {
  const refresh = () => {
    const cacheDir = path.join(folder.root, "cache");
    const mounts = [
      { at: "", folder: path.join(folder.root, "one") },
      { at: "win/repo-ng", folder: path.join(folder.root, "two") },
    ];
    const fileServer = new DiskFileServer(mounts);
    const locations = repositoryLocations({ ...options, cacheDir });
    return refreshDb({ locations, cacheDir, mounts, fileServer, renderer: fakeRenderer() });
  };
  const definition = (name: string) => ({ [name]: { "1": { full_name: name } } });
  const cached = (file: string) => path.join(folder.root, "cache/files/base/win/repo-ng", file);

  it("fetches the definitions alone, of the first root that has one, and writes winrepo.p", async () => {
    folder.write({
      "one/win/repo-ng/a.sls": definition("a"),
      "one/win/repo-ng/map.jinja": "",
      "one/win/repo-ng/.git/x.sls": definition("x"),
      "one/other/o.sls": definition("o"),
      "two/a.sls": definition("hidden-by-one"),
      "two/sub/b.sls": definition("b"),
    });
    const result = await refresh();
    expect(result.sync.written).toEqual(["a.sls", "sub/b.sls"]);
    expect([result.total, result.success]).toEqual([2, 2]);
    expect(existsSync(cached("map.jinja"))).toBe(false);
    expect([...(await readWinrepoFile(result.file)).repo.keys()]).toEqual(["a", "b"]);
  });

  it("removes definitions that are gone, touches no other file, and leaves alone what is the same", async () => {
    folder.write({ "two/a.sls": definition("a"), "two/b.sls": definition("b") });
    await refresh();
    folder.write({
      "cache/files/base/win/repo-ng/.hid/stale.sls": "",
      "cache/files/base/win/repo-ng/KEEP.SLS": "",
      "cache/files/base/win/repo-ng/installer.msi": "",
    });
    const before = new Date(1_000_000_000_000);
    utimesSync(cached("a.sls"), before, before);
    folder.write({ "two/b.sls": definition("c") });
    const { sync } = await refresh();
    expect(sync).toEqual({ written: ["b.sls"], removed: [".hid/stale.sls"], unchanged: 1, skipped: [] });
    expect(statSync(cached("a.sls")).mtimeMs).toBe(before.getTime());
    expect(existsSync(cached("installer.msi")) && existsSync(cached("KEEP.SLS"))).toBe(true);
    expect(JSON.parse(readFileSync(cached("b.sls"), "utf8"))).toEqual(definition("c"));
  });

  it.skipIf(process.platform === "win32")("opens no pipe and no device, and fetches the others", async () => {
    folder.write({ "two/a.sls": definition("a") });
    execFileSync("mkfifo", [path.join(folder.root, "two/pipe.sls")]);
    symlinkSync("/dev/zero", path.join(folder.root, "two/zero.sls"));
    const { sync } = await refresh();
    expect(sync.written).toEqual(["a.sls"]);
    expect(sync.skipped).toEqual(["pipe.sls", "zero.sls"].map((file) => `${file} cannot be fetched: no regular file`));
  });

  it("writes the database although files failed", async () => {
    folder.write({ "two/a.sls": "{", "two/b.sls": definition("b") });
    const result = await refresh();
    expect(result.failed).toBe(1);
    const data = await readWinrepoFile(result.file);
    expect(toJson(data.errors)).toEqual({ "a.sls": ["Failed to compile, SyntaxError "] });
    expect(data.repo.size).toBe(1);
  });

  it("says where it looked when there is nothing", async () => {
    const result = await refresh();
    expect(result.total).toBe(0);
    expect(result.notes.join()).toContain("there are no definitions at salt://win/repo-ng/");
  });

  it("knows the age of the database", async () => {
    const file = path.join(folder.root, "winrepo.p");
    expect(await databaseAge(file)).toBe(-1);
    folder.write({ "winrepo.p": "" });
    expect(await databaseAge(file, statSync(file).mtimeMs + 5_000)).toBe(5);
  });
});
