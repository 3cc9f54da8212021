import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doublePercent, escapeForCmd, viaCmd } from "../../engine/process/cmd-escaping.js";

/** What cmd makes of one line of a batch file, as far as quotes and carets go; throws at an operator. */
function cmdReads(line: string): string {
  let quoted = false;
  let result = "";
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character === '"') quoted = !quoted;
    if (!quoted && character === "^") result += line[++at] ?? "";
    else if (!quoted && "&|<>".includes(character)) throw new Error(`operator ${character}`);
    else result += character;
  }
  return result;
}

const line = fc.string({ unit: fc.constantFrom('"', "^", "&", "|", "<", ">", "\\", " ", "a", "(", ")", "ü") });

describe("escapeForCmd", () => {
  it("is undone by cmd, and leaves it no operator", () => {
    fc.assert(
      fc.property(line, (text) => {
        expect(cmdReads(escapeForCmd(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['"C:\\a & b\\x.exe" /S', '"C:\\a & b\\x.exe" /S'],
    ["x.exe a&b", "x.exe a^&b"],
    ['x.exe "say \\"a & b\\""', 'x.exe "say \\"a ^& b\\""'],
  ])("%s becomes %s", (text, shielded) => {
    expect(escapeForCmd(text)).toBe(shielded);
  });

  it("refuses what no line can hold", () => {
    expect(() => escapeForCmd("a\r\ndel")).toThrow("line break");
    expect(() => escapeForCmd("a\0")).toThrow("NUL");
  });
});

describe("lines for cmd", () => {
  it("are made", () => {
    expect(doublePercent("100% %X%")).toBe("100%% %%X%%");
    expect(viaCmd('"a b" > c')).toBe('cmd.exe /d /s /c ""a b" > c"');
  });
});
