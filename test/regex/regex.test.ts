import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapePattern, type Flags, noFlags, Pattern } from "../../engine/regex/index.js";
import { outcome, TestMeter } from "../value/meter.js";

function search(pattern: string, text: string, flags: Partial<Flags> = {}): unknown {
  return outcome(() => new Pattern(pattern, { ...noFlags, ...flags }).search(text, new TestMeter())?.groups);
}

function replace(pattern: string, by: string, text: string): string {
  return outcome(() => new Pattern(pattern, noFlags).replace(text, by, new TestMeter()));
}

// Expected results are those of CPython's re.
describe("matching", () => {
  it.each<[string, string, Partial<Flags>, unknown]>([
    ["(a+)(b?)", "xaab", {}, ["aab", "aa", "b"]],
    ["(a)|(b)", "b", {}, ["b", undefined, "b"]],
    ["(?P<n>\\w)(?P=n)", "abccd", {}, ["cc", "c"]],
    ["a.c", "a\nc", {}, undefined],
    ["a.c", "a\nc", { dotAll: true }, ["a\nc"]],
    ["^b$", "a\nb", { multiLine: true }, ["b"]],
    ["b$", "ab\n", {}, ["b"]],
    ["b\\Z", "ab\n", {}, undefined],
    ["STRASSE", "strasse", { ignoreCase: true }, ["strasse"]],
    ["[a-z]+", "ABC", { ignoreCase: true }, ["ABC"]],
    ["s", "\u017f", { ignoreCase: true }, ["\u017f"]],
    ["\\d+", "٣4", {}, ["٣4"]],
    ["\\d+", "٣4", { ascii: true }, ["4"]],
    ["(?<=\\$)\\d+(?!\\d|%)", "7 $45% $12", {}, ["12"]],
    ["(?<!a)b", "ab b", {}, ["b"]],
    ["(a)?(?(1)b|c)", "c", {}, ["c", undefined]],
    ["(?>a*)a", "aaa", {}, undefined],
    ["a++b", "aab", {}, ["aab"]],
    ["a{2,3}?", "aaaa", {}, ["aa"]],
    ["(?i:A)b", "ab", {}, ["ab"]],
    ["(?x) a  b # comment", "ab", {}, ["ab"]],
    ["\\bfoo\\b", "a foo.", {}, ["foo"]],
    ["[]a]+", "]a", {}, ["]a"]],
    ["😀.", "a😀b", {}, ["😀b"]],
    ["(a*)*", "b", {}, ["", ""]],
    ["(?:a|ab)(?:c|bcd)", "abcd", {}, ["abcd"]],
  ])("%s in %j", (pattern, text, flags, expected) => expect(search(pattern, text, flags)).toEqual(expected));

  it("matches at the start, or the whole", () => {
    const pattern = new Pattern("a|ab", noFlags);
    expect(pattern.match("ab", new TestMeter())?.groups).toEqual(["a"]);
    expect(pattern.fullMatch("ab", new TestMeter())?.groups).toEqual(["ab"]);
    expect(pattern.match("xab", new TestMeter())).toBeUndefined();
  });

  it("agrees with JavaScript where the two dialects are one", () => {
    const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "(a)", "(?:b|a)", "(ab)", "a|b", "\\b");
    const quantifier = fc.constantFrom("", "", "*", "+", "?", "{1,2}", "*?", "+?");
    const pattern = fc
      .array(fc.tuple(atom, quantifier), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map(([one, times]) => (one === "\\b" || one === "a|b" ? one : one + times)).join(""));
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[abc]{0,8}$/), (source, text) => {
        fc.pre(text !== "" || !source.includes("\\b"));
        const expected = new RegExp(source, "u").exec(text);
        const found = new Pattern(source, noFlags).search(text, new TestMeter());
        expect(found?.groups[0]).toBe(expected?.[0]);
        expect(found?.start).toBe(expected?.index);
      }),
      { numRuns: 500 },
    );
  });
});

describe("broken patterns", () => {
  it.each([
    ["(", "error: missing ), unterminated subpattern at position 0"],
    ["a)", "error: unbalanced parenthesis at position 1"],
    ["[a", "error: unterminated character set at position 0"],
    ["[z-a]", "error: bad character range z-a at position 1"],
    ["*", "error: nothing to repeat at position 0"],
    ["a**", "error: multiple repeat at position 2"],
    ["a{3,2}", "error: min repeat greater than max repeat at position 2"],
    ["\\", "error: bad escape (end of pattern) at position 0"],
    ["\\q", "error: bad escape \\q at position 0"],
    ["(?P<a>x)(?P<a>y)", "error: redefinition of group name 'a' as group 2; was group 1 at position 12"],
    ["(?P=x)", "error: unknown group name 'x' at position 4"],
    ["\\2", "error: invalid group reference 2 at position 1"],
    ["(?<=a*)b", "error: look-behind requires fixed-width pattern"],
    ["a(?i)", "error: global flags not at the start of the expression at position 1"],
    ["(?z)", "error: unknown extension ?z at position 1"],
    ["a\n(", "error: missing ), unterminated subpattern at position 2 (line 2, column 1)"],
  ])("%s", (pattern, expected) => expect(search(pattern, "")).toBe(expected));

  it("never fail in another way", () => {
    const piece = fc.constantFrom(..."ab()[]{}*+?|^$.\\-:=!<>P#i,1n&".split(""), "(?", "(?P<", "\\1", "\\x", "(?(");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.string({ maxLength: 6 }), (pieces, text) => {
        search(pieces.join(""), text);
        replace("a", pieces.join(""), text);
      }),
      { numRuns: 500 },
    );
  });
});

describe("replacing", () => {
  it.each([
    ["x*", "-", "abxd", "-a-b--d-"],
    ["(a)(b)?", "<\\1\\2>", "aab", "<a><ab>"],
    ["(?P<n>a)", "\\g<n>\\g<0>\\\\", "a", "aa\\"],
    ["a", "\\n\\.", "a", "\n\\."],
    ["a", "\\x", "a", "error: bad escape \\x at position 0"],
    ["a", "\\g<q>", "a", "IndexError: unknown group name 'q'"],
    ["a", "\\2", "a", "error: invalid group reference 2 at position 1"],
  ])("sub(%j, %j, %j)", (pattern, by, text, expected) => expect(replace(pattern, by, text)).toBe(expected));

  it("takes an escaped text for itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(new Pattern(escapePattern(text), noFlags).fullMatch(text, new TestMeter())).toBeDefined();
      }),
    );
  });
});

describe("patterns that would run away", () => {
  it.each(["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "(?:a?){40}a{40}$", "(\\w+\\s?)*:$", "(a*)*\\1$"])(
    "%s ends with the budget",
    (pattern) => {
      const meter = new TestMeter({ steps: 300_000 });
      const result = outcome(() => String(new Pattern(pattern, noFlags).match(`${"a".repeat(60)}!`, meter)));
      expect(result).toBe("BudgetError: too many steps");
    },
  );
  it("does not overflow the stack on long texts", () => {
    const text = "ab".repeat(20_000);
    expect(new Pattern("(?:a|b)*", noFlags).match(text, new TestMeter())?.end).toBe(text.length);
    expect(new Pattern("(?:(?:ab)+?)+$", noFlags).match(text, new TestMeter({ steps: 5_000_000 }))?.end).toBe(
      text.length,
    );
  });
  it("refuses what nests or repeats beyond measure", () => {
    expect(search("(".repeat(5000), "")).toMatch(/^RecursionError/);
    expect(search("(?:(?:a{1000}){1000}){1000}", "a")).toBeUndefined();
  });
});
