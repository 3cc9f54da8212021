import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { InstallerError } from "../../engine/installer/installer-error.js";
import { type MsiDatabase, readMsi } from "../../engine/installer/msi.js";
import { simulateSequence } from "../../engine/installer/msi-sequence.js";
import type { MsiColumn } from "../../engine/installer/msi-table.js";
import { bareMachine } from "./bare-machine.js";

const folders = ["examples/installers", "test/fixtures/installers"];
const packages = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".msi"))
    .map((name) => path.join(folder, name)),
);
const hello = () => readFileSync("examples/installers/hello-1.0.0.msi");

describe("readMsi", () => {
  it("reads the tables of a package", () => {
    const msi = readMsi(hello());
    const properties = Object.fromEntries(msi.rows("Property").map((row) => [row.Property, row.Value]));
    expect(properties).toMatchObject({
      ProductName: "Hello (x64)",
      ProductVersion: "1.0.0",
      ProductCode: "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910100}",
    });
    expect(msi.rows("File")).toMatchObject([{ File: "HelloTxt", FileName: "hello.txt", FileSize: 45, Sequence: 1 }]);
    expect(msi.rows("Upgrade")[0]).toMatchObject({ VersionMin: null, VersionMax: "1.0.0", Attributes: 1 });
    expect(msi.rows("NoSuchTable")).toEqual([]);
  });

  it("reads the summary information", () => {
    const { summary } = readMsi(hello());
    expect(summary).toMatchObject({ subject: "Hello 1.0.0", template: "x64;1033" });
    expect(summary.packageCode).toMatch(/^\{[0-9A-F-]{36}\}$/);
  });

  it("says what is wrong with a file that is none", () => {
    expect(() => readMsi(Buffer.from("MZ not a package"))).toThrow(InstallerError);
    expect(() => readMsi(new Uint8Array())).toThrow(InstallerError);
    expect(() => readMsi(hello().subarray(0, 3000))).toThrow(InstallerError);
  });

  it("throws nothing but InstallerError, whichever byte is damaged", () => {
    const whole = hello();
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 0xff;
      try {
        simulateSequence(readMsi(damaged), bareMachine, { action: "install", properties: new Map() });
      } catch (error) {
        expect(error).toBeInstanceOf(InstallerError);
      }
    }
  });
});

const hasMsiinfo = spawnSync("msiinfo", ["--version"]).status === 0;
if (!hasMsiinfo) console.warn("msiinfo (Debian: msitools) is absent: the comparison of MSI tables with it is skipped.");

describe.skipIf(!hasMsiinfo)("readMsi against msiinfo", () => {
  it.each(packages)("gives every table of %s as msiinfo exports it", (file) => {
    const msi = readMsi(readFileSync(file));
    const names = msiinfo("tables", file)
      .split("\n")
      .filter((name) => name && !["_SummaryInformation", "_ForceCodepage"].includes(name));
    expect([...msi.tables.keys()].sort()).toEqual(names.sort());
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(exportTable(msi, name)).toBe(msiinfo("export", file, name));
  });
});

function msiinfo(...args: string[]): string {
  const { stdout, status, stderr } = spawnSync("msiinfo", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`msiinfo ${args.join(" ")}: ${stderr}`);
  return stdout.replaceAll("\r\n", "\n");
}

/** The archive format of Windows Installer tables. */
function exportTable(msi: MsiDatabase, name: string): string {
  const { columns } = msi.tables.get(name)!;
  const rows = msi.tables.get(name)!.rows();
  const lines = [
    columns.map((column) => column.name).join("\t"),
    columns.map(typeName).join("\t"),
    [name, ...columns.filter((column) => column.key).map((column) => column.name)].join("\t"),
    ...rows.map((row) =>
      row.map((cell, at) => (columns[at]!.kind === "binary" ? streamFile(msi, name, row) : archived(cell))).join("\t"),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function typeName({ kind, size, nullable, localizable }: MsiColumn): string {
  const letter = { string: localizable ? "l" : "s", integer: "i", binary: "v" }[kind];
  return (nullable ? letter.toUpperCase() : letter) + size;
}

const streamFile = (msi: MsiDatabase, table: string, row: readonly unknown[]) =>
  `${row.filter((_, at) => msi.tables.get(table)!.columns[at]!.key).join(".")}.ibd`;

const marks: { [character: string]: string } = {
  "\t": "\x10",
  "\n": "\x19",
  "\r": "\x11",
  "\0": "\x15",
  "\b": "\x1b",
  "\f": "\x18",
};
const archived = (cell: unknown) => String(cell ?? "").replace(/[\t\n\r\0\b\f]/g, (character) => marks[character]!);
