import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { InstallerError } from "../../engine/installer/installer-error.js";
import { readMsi, readMsiFile } from "../../engine/installer/msi.js";
import { simulateSequence } from "../../engine/installer/msi-sequence.js";
import { tableStreamName } from "../../engine/installer/msi-strings.js";
import { hasShared, sharedPath } from "../shared.js";
import { bareMachine } from "./bare-machine.js";
import { makeMsi } from "./make-compound-file.js";

const properties = [
  ["Property", "Value"],
  ["ProductCode", "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910100}"],
  ["ProductName", "Evil"],
  ["ProductVersion", "1.0"],
];
const install = (file: Buffer) =>
  simulateSequence(readMsi(file), bareMachine, { action: "install", properties: new Map() });

describe("a package made by hand", () => {
  it("reads like any other", () => {
    const msi = readMsi(makeMsi({ Property: properties }));
    expect(msi.rows("Property")[1]).toEqual({ Property: "ProductName", Value: "Evil" });
  });
});

describe("chains of sectors", () => {
  const first = tableStreamName("_StringData");
  it.each<[string, Parameters<typeof makeMsi>[1], RegExp]>([
    [
      "that lead back into themselves",
      { mendFat: (fat, start) => fat.fill(start.get(first)!, start.get(first)!, start.get(first)! + 1) },
      /leads back into itself/,
    ],
    [
      "of the directory that end nowhere",
      { mend: (file) => file.writeUInt32LE(0x00ffffff, 48) },
      /leads out of the file/,
    ],
    ["of the directory that turn round", { mendFat: (fat) => fat.fill(1, 1, 2) }, /leads back into itself/],
    [
      "of the allocation table that turn round",
      { mend: (file) => file.writeUInt32LE(0, 68) },
      /leads back into itself/,
    ],
    ["that two sectors of the table share", { mend: (file) => file.writeUInt32LE(0, 80) }, /leads back into itself/],
    [
      "that leave the file",
      { mendFat: (fat, start) => fat.fill(0xfff, start.get(first)!, start.get(first)! + 1) },
      /out of/,
    ],
  ])("%s are refused", (_, plan, message) => {
    const long = [["Property", "Value"], ...Array.from({ length: 30 }, (_, at) => [`P${at}`, `${at}`.repeat(400)])];
    expect(() => readMsi(makeMsi({ Property: long }, plan))).toThrow(InstallerError);
    expect(() => readMsi(makeMsi({ Property: long }, plan))).toThrow(message);
  });

  it("that a directory follows in a circle are refused", () => {
    const circle = makeMsi({}, { mend: (file) => file.writeUInt32LE(1, 2 * 4096 + 128 + 72) });
    expect(() => readMsi(circle)).toThrow(/directory leads back into itself/);
  });

  it("shorter than their stream are refused", () => {
    const plan = { streams: [{ name: tableStreamName("File"), content: Buffer.alloc(10), claimedSize: 0x7fffffff }] };
    const file = makeMsi({ File: [["File"]] }, plan);
    expect(() => readMsi(file)).toThrow(InstallerError);
  });
});

describe("packages that hold more than any package", () => {
  it("are not read row by row", () => {
    const tall = { name: tableStreamName("Tall"), content: Buffer.alloc(2 * 600_000) };
    const file = makeMsi({ Property: properties, Tall: [["Only"]] }, { streams: [tall] });
    expect(() => readMsi(file)).toThrow(/Winrepo stopped reading the package: its tables have more than 500000 rows/);
  });

  it("are not taken into memory whole", () => {
    const large = { name: tableStreamName("_StringData"), content: Buffer.alloc(65 * 1024 ** 2) };
    expect(() => readMsi(makeMsi({ Property: properties }, { streams: [large] }))).toThrow(/larger than 64 MB/);
  });

  it("stop where their texts refer to each other without end", () => {
    const bomb = Array.from({ length: 20 }, (_, at) => [`P${at}`, `[P${at + 1}]`.repeat(100)]);
    const tables = {
      Property: [...properties, ...bomb],
      LaunchCondition: [
        ["Condition", "Description"],
        ["0", "[P0]"],
      ],
      InstallExecuteSequence: [
        ["Action", "Condition", "Sequence"],
        ["LaunchConditions", "", "1"],
      ],
    };
    expect(() => install(makeMsi(tables))).toThrow(/Winrepo stopped/);
  });
});

describe.skipIf(!hasShared)("the packages that ended the process", () => {
  it.each(hasShared ? readdirSync(sharedPath("hostile")).filter((name) => name.endsWith(".msi")) : [])("%s", (name) => {
    const before = process.memoryUsage();
    expect(() => readMsiFile(path.join(sharedPath("hostile"), name))).toThrow(InstallerError);
    const after = process.memoryUsage();
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(20 * 1024 ** 2);
  });
});
