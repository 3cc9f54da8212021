import { describe, expect, it } from "vitest";
import { globPattern } from "../engine/glob.js";

describe("a shell glob", () => {
  it.each([
    ["7z*", "7zip", true],
    ["7z*", "a7zip", false],
    ["fire?ox", "firefox", true],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[]]x", "]x", true],
    ["[ax", "[ax", true],
    ["a.b+(c)", "a.b+(c)", true],
    ["a.b", "axb", false],
    ["[z-a]", "z", false],
    ["*", "", true],
  ])("%s on %s is %s", (glob, name, expected) => {
    expect(globPattern(glob).test(name)).toBe(expected);
  });

  it("heeds case unless told not to", () => {
    expect(globPattern("FIRE*").test("firefox")).toBe(false);
    expect(globPattern("FIRE*", true).test("firefox")).toBe(true);
  });
});
