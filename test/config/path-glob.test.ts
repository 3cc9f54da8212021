import { describe, expect, it } from "vitest";
import { pathMatcher } from "../../engine/config/path-glob.js";

describe("globs of the project file", () => {
  it.each([
    ["*.sls", "a.sls", true],
    ["*.sls", "old/a.sls", false],
    ["**/*.sls", "a.sls", true],
    ["**/*.sls", "old/deep/a.sls", true],
    ["old/**", "old/deep/a.sls", true],
    ["old/**", "older/a.sls", false],
    ["old/**/a.sls", "old/a.sls", true],
    ["./old/*", "old/a.sls", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[x", "[x", true],
    ["{a,b}/*.sls", "b/x.sls", true],
    ["{a,b{c,d}}", "bd", true],
    ["{a}", "{a}", true],
    ["*a*b", "xaxxab", true],
    ["*", ".hidden", true],
    ["a.c", "abc", false],
    ["", "a", false],
  ])("%s on %s: %s", (glob, path, expected) => {
    expect(pathMatcher([glob])(path)).toBe(expected);
  });

  it("take any of several", () => {
    const matches = pathMatcher(["a/*", "b/*"]);
    expect(["a/x", "b/x", "c/x"].filter(matches)).toEqual(["a/x", "b/x"]);
  });

  it("cannot be made to hang", () => {
    // Tried one way after the other, these would take longer than a test may.
    const matches = pathMatcher([`${"*a".repeat(200)}b`, `${"**/".repeat(200)}b`, "{a,b}".repeat(50)]);
    expect(matches(`${"a".repeat(2000)}/${"a/".repeat(500)}`)).toBe(false);
  });
});
