import { describe, expect, it } from "vitest";
import { findProgram } from "../../engine/target/windows/find-program.js";

const files = new Set([
  "C:\\Windows\\System32\\msiexec.exe",
  "C:\\T\\setup.exe",
  "C:\\T\\setup.dat",
  "C:\\T\\run.bat",
  "D:\\bin\\tool.exe",
]);
const variables: { readonly [name: string]: string } = { systemroot: "C:\\Windows", path: "C:\\Windows;D:\\bin" };
const places = {
  variable: (name: string) => variables[name],
  kind: (path: string) =>
    (files.has(path) ? "file" : path === "C:\\T" ? "folder" : "none") as "file" | "folder" | "none",
};

describe("findProgram", () => {
  it.each([
    ['"msiexec" /I x', "C:\\Windows\\System32\\msiexec.exe"],
    ['"tool.exe"', "D:\\bin\\tool.exe"],
    ['"C:\\T\\setup" /S', "C:\\T\\setup.exe"],
    ['"C:/T/setup.dat" /S', "C:\\T\\setup.dat"],
    ["C:\\T\\setup.exe /S", "C:\\T\\setup.exe"],
  ])("%s is %s", (line, file) => {
    expect(findProgram(line, places)).toEqual({ file, isBatch: false });
  });

  it("knows batch files", () => {
    expect(findProgram('"C:\\T\\run.bat" a', places)).toEqual({ file: "C:\\T\\run.bat", isBatch: true });
  });

  it.each([
    ['"setup.exe" /S', 2],
    ['"C:\\T\\gone.exe"', 2],
    ['"C:\\T" /S', 5],
    ['""C:\\T\\setup.exe" /S"', 87],
  ])("%s is Windows' error %i", (line, error) => {
    expect(findProgram(line, places)).toEqual({ error });
  });
});
