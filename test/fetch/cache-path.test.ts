import { describe, expect, it } from "vitest";
import { CachePathError, cachePath, windowsBasename, windowsDirname } from "../../engine/fetch/cache-path.js";

const dir = "C:\\cache";

describe("where Salt keeps its copy of a URL (salt-reference §7.4)", () => {
  it.each([
    ["salt://p/q.exe", "C:\\cache\\files\\base\\p\\q.exe"],
    ["salt://win/repo-ng/a b/ö.msi", "C:\\cache\\files\\base\\win\\repo-ng\\a b\\ö.msi"],
    ["salt://p/q.exe?saltenv=dev", "C:\\cache\\files\\dev\\p\\q.exe"],
    ["salt://p/q.exe?id=3", "C:\\cache\\files\\base\\p\\q.exe"],
    ["salt://p/a:b*c.exe", "C:\\cache\\files\\base\\p\\a_b_c.exe"],
    ["https://user:pw@host:8443/p%20q/x.exe?id=1#f", "C:\\cache\\extrn_files\\base\\host8443\\p%20q\\x.exe-id=1"],
    ["http://host/x.exe", "C:\\cache\\extrn_files\\base\\host\\x.exe"],
    ["HTTPS://host/x.exe", "C:\\cache\\extrn_files\\base\\host\\x.exe"],
    ["ftp://host/pub//x.exe", "C:\\cache\\extrn_files\\base\\host\\pub\\x.exe"],
    ["s3://bucket/key", "C:\\cache\\extrn_files\\base\\bucket\\key"],
    ["file://C:/a.msi", "C:\\a.msi"],
    ["file:///C:/a.msi", "\\C:\\a.msi"],
    ["file://srv/share/a", "\\share\\a"],
  ])("%s", (url, path) => {
    expect(cachePath(url, dir)).toBe(path);
  });

  it("takes the SHA-256 of a name that is too long", () => {
    const path = cachePath(`https://host/${"a".repeat(300)}.exe`, dir);
    expect(path).toMatch(/^C:\\cache\\extrn_files\\base\\host\\[0-9a-f]{64}$/);
  });

  it("takes another environment", () => {
    expect(cachePath("salt://a.exe", dir, "prod")).toBe("C:\\cache\\files\\prod\\a.exe");
    expect(cachePath("https://h/a.exe", dir, "prod")).toBe("C:\\cache\\extrn_files\\prod\\h\\a.exe");
  });

  it.each([
    "salt://a/../../x.exe",
    "salt://a\\..\\..\\x.exe",
    "salt://a/x.exe?saltenv=../..",
    "https://host/../../../Windows/x.exe",
    "https://../x.exe",
    "http://host\\..\\..\\..\\Windows\\x/a.exe",
    "http://\\Windows\\x/a.exe",
    "http://host\\x/a.exe",
    "http://me@host\\..\\..:80/a.exe",
    "https://host/..\\..\\x.exe",
    "https://host/x.exe?\\..\\..\\y",
    "salt://..\\..\\x.exe",
    "salt://a/x.exe?saltenv=..\\..\\x",
    "salt://a/x.exe?saltenv=\\Windows",
    "salt://a/x.exe?saltenv=a/b",
    "https://host/COM1 .exe",
    "https://host/x.exe?a=/../../../../y",
    "https://host/con/x.exe",
    "https://host/NUL.exe",
    "salt://a/COM1",
    "https://host/a:b.exe",
    "https://host/x.exe?a=b?c",
    "https://host/dir./x.exe",
    "https://host/a\0b.exe",
  ])("refuses %j", (url) => {
    expect(() => cachePath(url, dir)).toThrow(CachePathError);
  });

  it("refuses environments of the call that lead elsewhere", () => {
    expect(() => cachePath("salt://a.exe", dir, "..\\..\\x")).toThrow(CachePathError);
    expect(() => cachePath("https://h/a.exe", dir, "../x")).toThrow(CachePathError);
  });

  it("does not show a password in its refusal", () => {
    expect(() => cachePath("https://me:hunter2@host/../x", dir)).toThrow(/\*\*\*@host/);
  });
});

describe("Windows paths", () => {
  it.each([
    ["C:\\a\\b.exe", "C:\\a", "b.exe"],
    ["C:\\b.exe", "C:\\", "b.exe"],
    ["\\\\srv\\share\\b.exe", "\\\\srv\\share", "b.exe"],
    ["b.exe", "", "b.exe"],
    ["%TEMP%\\a\\x.exe", "%TEMP%\\a", "x.exe"],
  ])("%s", (path, dirname, basename) => {
    expect([windowsDirname(path), windowsBasename(path)]).toEqual([dirname, basename]);
  });
});
