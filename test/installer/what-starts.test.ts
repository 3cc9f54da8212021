import { describe, expect, it } from "vitest";
import { whatStarts } from "../../engine/installer/what-starts.js";
import { helperProgram } from "../../engine/target/helper/helper-program.js";

const program = helperProgram();
const library = Buffer.from(program);
library.writeUInt16LE(library.readUInt16LE(library.readUInt32LE(0x3c) + 22) | 0x2000, library.readUInt32LE(0x3c) + 22);
const noProgram = { error: 193, reason: "it is no program" };

describe("what Windows starts", () => {
  it.each([
    ["C:\\T\\setup.exe", program, "program"],
    ["C:\\T\\setup.dat", program, "program"],
    ["C:\\T\\setup.scr", program, "program"],
    ["C:\\T\\setup", program, "program"],
    ["C:\\T\\text.exe", Buffer.from("not a program\n"), noProgram],
    ["C:\\T\\empty.exe", Buffer.alloc(0), noProgram],
    ["C:\\T\\dos.exe", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100)]), noProgram],
    ["C:\\T\\library.exe", library, noProgram],
    ["C:\\T\\run.cmd", Buffer.from("@exit /b 0"), "batch"],
    ["C:\\T\\run.BAT", undefined, "batch"],
    ["cmd", undefined, "program"],
    ["C:\\T\\x.msi", undefined, { error: 193, reason: "an .msi file is no program" }],
    ["C:\\T\\setup.dat", undefined, undefined],
    ['"C:\\T\\u.exe" \\S', undefined, { error: 87, reason: "there are quotes in its name" }],
    ["", undefined, { error: 87, reason: "there are quotes in its name" }],
  ] as const)("%s", (name, head, expected) => {
    expect(whatStarts(name, head)).toEqual(expected);
  });
});
