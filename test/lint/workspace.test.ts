import { describe, expect, it } from "vitest";
import { lintFiles } from "./support.js";

const definition = (name: string, fullName = name) => `${name}:\n  '1.0':\n    full_name: ${fullName}\n`;

function duplicates(files: Readonly<Record<string, string>>) {
  return lintFiles(files).filter(({ code }) => code.startsWith("duplicate-"));
}

describe("duplicate-package", () => {
  it("is reported in the file that Salt drops, with what is lost", () => {
    const found = lintFiles({
      "sub/app.sls": `${definition("app")}${definition("other")}`,
      "zapp.sls": definition("app", "Z"),
    });
    const [duplicate] = found.filter(({ code, severity }) => code === "duplicate-package" && severity === "error");
    expect(duplicate).toMatchObject({ file: "sub/app.sls", severity: "error", everyProfile: true });
    expect(duplicate?.message).toBe("Package 'app' is already defined in zapp.sls.");
    expect(duplicate?.salt).toContain("and the file's 1 other package");
    expect(duplicate?.related[0]?.file).toBe("zapp.sls");
  });

  it("is shown in the file that Salt keeps, too", () => {
    const found = duplicates({ "a.sls": definition("app", "A"), "b.sls": definition("app", "B") });
    expect(found.map(({ file, code, severity }) => ({ file, code, severity }))).toEqual([
      { file: "a.sls", code: "duplicate-package", severity: "warning" },
      { file: "b.sls", code: "duplicate-package", severity: "error" },
    ]);
    expect(found[0]?.message).toBe("Package 'app' is defined in b.sls, too.");
    expect(found[0]?.salt).toContain("drops 'app' of b.sls");
  });

  it("names the profiles when it does not hold for all", () => {
    const only32 = `{% if grains['cpuarch'] == 'x86' %}\n${definition("app", "B")}{% endif %}\n`;
    const found = lintFiles({ "a.sls": definition("app"), "b.sls": only32 });
    const [duplicate] = found.filter(({ code }) => code === "duplicate-package");
    expect(duplicate).toMatchObject({ profiles: ["windows-x86"], everyProfile: false });
  });

  it("does not count a file that Salt drops anyway", () => {
    const broken = "app:\n  1.0:\n    full_name: A\n";
    const codes = lintFiles({ "a.sls": broken, "b.sls": definition("app") }).map(({ code }) => code);
    expect(codes).toContain("version-not-string");
    expect(codes).not.toContain("duplicate-package");
  });
});

describe("duplicate-full-name", () => {
  it("says which package wins", () => {
    const found = lintFiles({ "a.sls": definition("app", "Same"), "b.sls": definition("beta", "Same") });
    const [duplicate] = found.filter(({ code }) => code === "duplicate-full-name");
    expect(duplicate).toMatchObject({ file: "a.sls", severity: "error" });
    expect(duplicate?.message).toContain("both have version '1.0': one installed copy is claimed by two packages");
    expect(duplicate?.salt).toContain("count as 'beta', never as 'app'");
  });

  it("is a warning where no version is claimed twice", () => {
    const [duplicate] = duplicates({
      "a.sls": definition("app", "Same"),
      "b.sls": definition("beta", "Same").replace("1.0", "2.0"),
    });
    expect(duplicate).toMatchObject({ code: "duplicate-full-name", severity: "warning" });
  });

  it.each([
    ["firefox_x64", "firefox-esr_x86"],
    ["node.js", "node.js-lts"],
    ["office-de", "office-en-us"],
    ["app2015", "app2019"],
  ])("is quiet about %s and %s, and says why", (one, other) => {
    const [duplicate] = duplicates({ "a.sls": definition(one, "Same"), "b.sls": definition(other, "Same") });
    expect(duplicate).toMatchObject({ code: "duplicate-full-name", severity: "information" });
    expect(duplicate?.message).toContain("a variant of the same product by its name");
  });

  it.each([
    ["git", "git-extensions"],
    ["x64", "x86"],
    ["putty", "winscp"],
  ])("is an error for %s and %s of one version", (one, other) => {
    const [duplicate] = duplicates({ "a.sls": definition(one, "Same"), "b.sls": definition(other, "Same") });
    expect(duplicate).toMatchObject({ code: "duplicate-full-name", severity: "error" });
  });

  it("is silent about versions of one package", () => {
    expect(lintFiles({ "app.sls": "app:\n  '1.0': {full_name: A}\n  '1.1': {full_name: A}\n" })).toEqual([]);
  });
});
