import { describe, expect, it } from "vitest";
import { fnmatch } from "../engine/glob.js";

describe("fnmatch", () => {
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
    ["", "a", false],
    ["?", "😀", true],
    ["[😀-😂]", "😁", true],
    ["[!]a]", "]", false],
    ["[a-]", "-", true],
    ["[^a]", "^", true],
    ["*a*b", "xaxxab", true],
  ])("%s on %s is %s", (glob, name, expected) => {
    expect(fnmatch(name, glob)).toBe(expected);
  });

  it("heeds case unless told not to", () => {
    expect(fnmatch("firefox", "FIRE*")).toBe(false);
    expect(fnmatch("firefox", "FIRE*", { ignoreCase: true })).toBe(true);
  });

  it("reads a caret as a shell does where it is asked to", () => {
    expect(fnmatch("b", "[^a]", { caretNegates: true })).toBe(true);
  });

  it("asks before every step, at most pattern times name of them", () => {
    let steps = 0;
    const step = () => {
      steps++;
    };
    expect(fnmatch("a".repeat(2000), `${"*a".repeat(100)}b`, { step })).toBe(false);
    expect(steps).toBeLessThan(2000 * 200);
  });
});
