import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ProfileError, parseProfile } from "../../engine/config/parse-profile.js";
import { loadProfile } from "../../engine/config/profile-loader.js";

const folder = mkdtempSync(path.join(tmpdir(), "winrepo-profiles-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("loadProfile", () => {
  it("knows a 64-bit and a 32-bit Windows", () => {
    expect(loadProfile("windows-amd64", folder).grains.cpuarch).toBe("AMD64");
    expect(loadProfile("windows-x86", folder).environment).not.toHaveProperty("ProgramFiles(x86)");
  });

  it("reads a file, JSON or YAML, named after itself", () => {
    writeFileSync(path.join(folder, "kiosk.yaml"), "grains: {cpuarch: x86}\nenvironment: {N: 1}\n");
    expect(loadProfile("kiosk.yaml", folder)).toMatchObject({
      name: "kiosk",
      grains: { cpuarch: "x86" },
      environment: { N: "1" },
      pillar: {},
    });
  });

  it("says which profiles there are when it finds none", () => {
    expect(() => loadProfile("windows-arm", folder)).toThrow(
      /windows-arm: no such file, and no profile of that name \(there are windows-amd64,/,
    );
  });
});

/** Each line has the one before twice. */
const aliases = Array.from({ length: 20 }, (_, n) => `b${n}: &a${n + 1} [*a${n}, *a${n}]\n`).join("");

describe("parseProfile", () => {
  it("lays a file's facts over a built-in profile's", () => {
    const profile = parseProfile("extends: windows-x86\ngrains: {osrelease: '11'}\n", "mine", "mine.yaml");
    expect(profile.grains).toMatchObject({ osrelease: "11", cpuarch: "x86" });
  });

  it.each([
    ["{", "neither JSON nor YAML"],
    ["- a", "must be a mapping"],
    ["grain: {}", "unknown section 'grain'"],
    ["grains: [a]", "'grains' must be a mapping"],
    ["extends: nt4", "'extends' must name a built-in profile"],
    [`a: &a0 []\n${aliases}grains: {x: *a20}`, "the aliases stand for more than"],
  ])("refuses %j in one line", (text, reason) => {
    const load = () => parseProfile(text, "p", "p.yaml");
    expect(load).toThrow(ProfileError);
    expect(load).toThrow(reason);
    expect(load).toThrow(/^[^\n]*$/);
  });
});
