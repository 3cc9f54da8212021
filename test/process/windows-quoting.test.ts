import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  joinCommandLine,
  quoteArgument,
  splitArguments,
  splitCommandLine,
  splitProgram,
} from "../../engine/process/windows-quoting.js";

// Mostly the characters that have a meaning, so that runs of them come up.
const awkward = fc
  .string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("\\", '"', " ", "\t", "a", "%", "^", "&", "é", "\n") },
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((text) => !text.includes("\0"));
const programName = awkward.filter((text) => !text.includes('"'));

describe("Windows quoting", () => {
  it("is undone by the C runtime's splitting", () => {
    fc.assert(
      fc.property(programName, fc.array(awkward), (program, args) => {
        expect(splitCommandLine(joinCommandLine(program, args))).toEqual([program, ...args]);
      }),
      { numRuns: 3000 },
    );
  });

  it("never lets an argument end another's quotes", () => {
    fc.assert(
      fc.property(awkward, (argument) => {
        expect(splitArguments(`${quoteArgument(argument)} next`)).toEqual([argument, "next"]);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["", '""'],
    ["plain", "plain"],
    ["C:\\a\\", "C:\\a\\"],
    ["C:\\a b\\", '"C:\\a b\\\\"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['\\"', '"\\\\\\""'],
  ])("quotes %j as %s", (argument, quoted) => {
    expect(quoteArgument(argument)).toBe(quoted);
  });

  // The table of Microsoft's "Parsing C command-line arguments", and msiexec's way of writing properties.
  it.each([
    ['"a b c" d e', ["a b c", "d", "e"]],
    ['"ab\\"c" "\\\\" d', ['ab"c', "\\", "d"]],
    ['a\\\\\\b d"e f"g h', ["a\\\\\\b", "de fg", "h"]],
    ['a\\\\\\"b c d', ['a\\"b', "c", "d"]],
    ['a\\\\\\\\"b c" d e', ["a\\\\b c", "d", "e"]],
    ['a"b"" c d', ['ab" c d']],
    ['/I "C:\\x y.msi" INSTALLDIR="C:\\P F" /qn', ["/I", "C:\\x y.msi", "INSTALLDIR=C:\\P F", "/qn"]],
  ])("splits %s", (line, args) => {
    expect(splitArguments(line)).toEqual(args);
  });

  it("keeps the text behind the program's name as it is", () => {
    expect(splitProgram('"C:\\a b\\x.exe" /S  /D=C:\\x ')).toEqual({
      program: "C:\\a b\\x.exe",
      rest: " /S  /D=C:\\x ",
    });
    expect(splitProgram("msiexec /x")).toEqual({ program: "msiexec", rest: " /x" });
    expect(splitProgram('"unclosed')).toEqual({ program: "unclosed", rest: "" });
  });

  it("refuses what no line can hold", () => {
    expect(() => quoteArgument("a\0b")).toThrow("NUL");
  });
});
