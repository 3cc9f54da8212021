import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { InstallerError } from "../../engine/installer/installer-error.js";
import { installerKind, isSilent } from "../../engine/installer/kind.js";
import { readPe, readPeFile } from "../../engine/installer/pe.js";
import { makePe } from "./make-pe.js";

const notes = "examples/installers/notes-2.3.exe";

describe("readPe", () => {
  it("reads a real installer", async () => {
    const pe = await readPeFile(notes);
    expect(pe.machine).toBe("x64");
    expect(pe.version).toMatchObject({ fileVersion: "2.3.0.0", productVersion: "2.3.0.0" });
    expect(Object.fromEntries(pe.version!.strings)).toMatchObject({
      ProductName: "Notes",
      ProductVersion: "2.3",
      CompanyName: "Winrepo Examples",
    });
    expect(pe.manifest).toContain("<assembly");
    expect(installerKind(pe)).toBe("nsis");
  });

  it("reads a made one", () => {
    const pe = readPe(
      makePe({ machine: 332, strings: { ProductName: "Ünïcode", Odd: "x" }, overlay: Buffer.from("tail") }),
    );
    expect(pe.machine).toBe("x86");
    expect(pe.version).toEqual({
      fileVersion: "3.4.5.6",
      productVersion: "3.4.5.6",
      strings: new Map([
        ["ProductName", "Ünïcode"],
        ["Odd", "x"],
      ]),
    });
    expect(pe.overlay.toString()).toBe("tail");
  });

  it("reads one without resources", () => {
    expect(readPe(makePe({}))).toMatchObject({ version: undefined, manifest: "" });
  });

  it("says what is wrong with a file that is none", () => {
    expect(() => readPe(Buffer.from("hello"))).toThrow(InstallerError);
    expect(() => readPe(readFileSync(notes).subarray(0, 2000))).toThrow(InstallerError);
    expect(() => readPe(Buffer.alloc(0))).toThrow(InstallerError);
  });

  it("allocates nothing for what a small file only claims", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "winrepo-pe-"));
    const file = path.join(folder, "claims.exe");
    const bytes = makePe({ strings: { ProductName: "X" } });
    bytes.writeUInt32LE(0xfffffff0, 88 + 16);
    writeFileSync(file, bytes);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readPeFile(file)).rejects.toThrow(/cut short/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 ** 2);
    rmSync(folder, { recursive: true });
  });

  it("throws nothing but InstallerError, whichever byte is damaged", () => {
    const whole = makePe({ strings: { ProductName: "x", ProductVersion: "1" }, manifest: "<a/>" });
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 0xff;
      try {
        installerKind(readPe(damaged));
      } catch (error) {
        expect(error).toBeInstanceOf(InstallerError);
      }
    }
  });
});

describe("installerKind", () => {
  const code = (content: string | Buffer) => [{ name: ".data", content: Buffer.from(content) }];
  it.each([
    ["nsis", makePe({ overlay: Buffer.from("\0\0\0\0\xef\xbe\xad\xdeNullsoftInst", "latin1") })],
    ["inno", makePe({ strings: { Comments: "This installation was built with Inno Setup." } })],
    ["inno", makePe({ manifest: '<assemblyIdentity name="JR.Inno.Setup"/>' })],
    ["burn", makePe({ sections: [{ name: ".wixburn", content: Buffer.from("x") }] })],
    ["installshield", makePe({ strings: { ISInternalDescription: "Setup Launcher Unicode" } })],
    ["squirrel", makePe({ sections: code(Buffer.from("…SquirrelTemp…", "utf16le")) })],
    ["unknown", makePe({ strings: { ProductName: "Something" } })],
  ])("tells %s", (kind, bytes) => {
    expect(installerKind(readPe(bytes))).toBe(kind);
  });

  it.each([
    ["nsis", ["/S"], true],
    ["nsis", ["/s"], false],
    ["inno", ["/verysilent"], true],
    ["burn", ["-quiet"], true],
    ["msi", ["/I", "x.msi", "/qn"], true],
    ["msi", ["/I", "x.msi", "/quit"], false],
    ["installshield", ["/s", '/v"/qn"'], true],
    ["squirrel", [], false],
    ["unknown", ["/S"], undefined],
  ] as const)("knows whether %s with %j is silent", (kind, args, silent) => {
    expect(isSilent(kind, args)).toBe(silent);
  });
});
