import { describe, expect, it } from "vitest";
import { lintFiles } from "./support.js";

const definition = (name: string, fullName = name) => `${name}:\n  '1.0':\n    full_name: ${fullName}\n`;

describe("duplicate-package", () => {
  it("is reported in the file that Salt drops, with what is lost", () => {
    const found = lintFiles({
      "sub/app.sls": `${definition("app")}${definition("other")}`,
      "zapp.sls": definition("app", "Z"),
    });
    const [duplicate] = found.filter(({ code }) => code === "duplicate-package");
    expect(duplicate).toMatchObject({ file: "sub/app.sls", severity: "error", everyProfile: true });
    expect(duplicate?.message).toBe("Package 'app' is already defined in zapp.sls.");
    expect(duplicate?.salt).toContain("and the file's 1 other package");
    expect(duplicate?.related[0]?.file).toBe("zapp.sls");
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
    expect(duplicate).toMatchObject({ file: "a.sls", severity: "information" });
    expect(duplicate?.salt).toContain("count as 'beta', never as 'app'");
  });

  it("is silent about versions of one package", () => {
    expect(lintFiles({ "app.sls": "app:\n  '1.0': {full_name: A}\n  '1.1': {full_name: A}\n" })).toEqual([]);
  });
});
