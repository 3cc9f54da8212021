import { describe, expect, it } from "vitest";
import { isCachedScheme, splitUrl } from "../../engine/fetch/url.js";
import { withoutSecrets } from "../../engine/secrets.js";

describe("splitting as Python does", () => {
  it.each([
    ["https://u:p@h:1/a/b?q=1#f", ["https", "u:p@h:1", "/a/b", "q=1", "f"]],
    ["C:\\a\\b.exe", ["c", "", "\\a\\b.exe", "", ""]],
    ["\\\\srv\\share\\x", ["", "", "\\\\srv\\share\\x", "", ""]],
    ["%TEMP%\\x.exe", ["", "", "%TEMP%\\x.exe", "", ""]],
    ["sha1:abab", ["sha1", "", "abab", "", ""]],
    ["sha256=ab:cd", ["", "", "sha256=ab:cd", "", ""]],
    ["salt:x/y", ["salt", "", "x/y", "", ""]],
    [" HTTP://h", ["http", "h", "", "", ""]],
  ])("%s", (text, [scheme, netloc, path, query, fragment]) => {
    expect(splitUrl(text)).toEqual({ scheme, netloc, path, query, fragment });
  });

  it("knows what Salt caches", () => {
    const urls = ["salt://a", "HTTPS://a", "ftp://a", "file://C:/a", "s3://a", "swift://a"];
    expect(urls.every(isCachedScheme)).toBe(true);
    expect(["C:\\a", "\\\\srv\\a", "%X%\\a", "a.exe", "sftp://a"].some(isCachedScheme)).toBe(false);
  });
});

describe("secrets in addresses", () => {
  it.each([
    ["https://user:pw@host/x", "https://***@host/x"],
    ["https://token@host/x?a=1", "https://***@host/x?a=1"],
    ["see https://a:b@c@host/x and ftp://d:e@f/g", "see https://***@host/x and ftp://***@f/g"],
    ["https://h/x?sig=abc&id=3", "https://h/x?sig=***&id=3"],
    ["https://h/x?X-Amz-Signature=abc&X-Amz-Credential=d", "https://h/x?X-Amz-Signature=***&X-Amz-Credential=***"],
    ["https://h/x?access_token=abc", "https://h/x?access_token=***"],
    ["https://h/x?keyboard=de", "https://h/x?keyboard=de"],
    ["mail me@host", "mail me@host"],
    ['"C:\\x.exe" /S', '"C:\\x.exe" /S'],
  ])("%s", (text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
  });
});
