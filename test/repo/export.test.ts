import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderCatalogue } from "../../engine/repo/catalogue.js";
import { releasesOf, writeReleases } from "../../engine/repo/export-releases.js";
import { fromJson } from "../../engine/value/convert.js";
import { Dict, type Json } from "../../engine/value/types.js";
import { temporaryFolder } from "./folder.js";

const folder = temporaryFolder();
const database = (repo: Json) => ({ repo: fromJson(repo) as Dict, errors: new Dict(), nameMap: new Dict() });
const version = (fullName: string, installer = "https://example.com/x.exe") => ({ full_name: fullName, installer });

describe("release lists", () => {
  it("hold the versions of all profiles, newest first", () => {
    const releases = releasesOf([database({ a: { "1.9": {}, "1.10": {} } }), database({ a: { "2.0": {} }, b: {} })]);
    expect(releases.get("a")).toEqual({ releases: [{ version: "2.0" }, { version: "1.10" }, { version: "1.9" }] });
    expect(releases.get("b")).toEqual({ releases: [] });
  });

  it("are written one file a package, never outside of the folder, and lists of packages that are gone are removed", async () => {
    folder.write({ "out/gone.json": { releases: [] }, "out/other.json": { name: "kept" }, "out/text.json": "no JSON" });
    const out = path.join(folder.root, "out");
    await writeReleases(out, releasesOf([database({ "../../evil": {}, "a/b": {}, "..": {}, plain: { "1": {} } })]));
    expect(readdirSync(out).sort()).toEqual([
      "%2E..json",
      "..%2F..%2Fevil.json",
      "a%2Fb.json",
      "other.json",
      "plain.json",
      "text.json",
    ]);
    expect(readFileSync(path.join(out, "plain.json"), "utf8")).toBe('{"releases":[{"version":"1"}]}\n');
    expect(existsSync(path.join(folder.root, "../evil.json"))).toBe(false);
  });
});

describe("the catalogue", () => {
  const page = (repo: Json) =>
    renderCatalogue({
      title: "Tools & <more>",
      views: [
        { profile: "windows-amd64", label: "64-bit", data: database(repo) },
        { profile: "windows-x86", label: "32-bit", data: database({ beta: { "1.0": version("Beta") } }) },
      ],
      files: new Map([["b/beta.sls", ["beta"]]]),
      findings: [
        { file: "b/beta.sls", line: 7, severity: "warning", message: "Not <quiet>.", code: "msi-not-quiet" },
        { file: "broken.sls", line: 1, severity: "error", message: "No package.", code: "jinja-syntax" },
      ],
      date: new Date("2026-01-02T00:00:00Z"),
    });

  it("lists packages by name, with the newest version, where it is defined and what was found", async () => {
    const html = await page({
      Zeta: { "1.0": version("Zeta") },
      beta: { "1.0": version("Beta"), "2.0": version("Beta 2") },
    });
    expect(html.indexOf('class="name">beta')).toBeLessThan(html.indexOf('class="name">Zeta'));
    expect(html).toContain('<span class="version">2.0<span class="more">1 older</span>');
    expect(html).toContain("<b>2</b> packages · <b>3</b> versions");
    expect(html).toContain("1 finding");
    expect(html).toContain("broken.sls:1");
    expect(html).toContain("2026-01-02");
  });

  it("tells no secrets, and links to no address without its own", async () => {
    const html = await page({ a: { "1.0": version("A", "https://me:s3cret@host/a.exe?token=abc") } });
    expect(html).not.toMatch(/s3cret|token=abc|href="https:\/\/[^"]*@/);
    expect(html).toContain("https://***@host/a.exe?token=***");
  });

  it("escapes what definitions hold, and links to nothing but http", async () => {
    const html = await page({
      '"><script>alert(1)</script>': { "1.0": version("<img src=x onerror=alert(1)>", "javascript:alert(1)") },
    });
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img");
    expect(html).not.toContain('href="javascript');
    expect(html).toContain("Tools &amp; &lt;more&gt;");
    expect(html).toContain("Not &lt;quiet&gt;.");
  });
});
