import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Helper, type HelperChannel } from "../../engine/target/helper/helper.js";
import { builtWith, helperProgram } from "../../engine/target/helper/helper-program.js";
import { HelperRegistry } from "../../engine/target/helper/helper-registry.js";
import { valueFromBytes, valueToBytes } from "../../engine/target/registry-bytes.js";
import { StartError } from "../../engine/target/target.js";
import { compileHelper, compilerVersion } from "../../scripts/build-helper.mjs";

const compiler = compilerVersion();
const environment = '["Path=C:\\\\Windows","=C:=C:\\\\","TEMP=C:\\\\t"]';

/** A machine that answers each start with the next of these texts. */
function scripted(...outputs: (string | { timedOut: true })[]) {
  const requests: string[][] = [];
  const channel: HelperChannel = {
    async start(request) {
      requests.push(request.toString("utf16le").split("\0").slice(0, -1));
      const output = outputs.shift() ?? "";
      return typeof output === "string" ? { output, timedOut: false } : { output: "", ...output };
    },
  };
  return { helper: new Helper(channel), requests };
}
const answered = (...lines: string[]) => ["winrepo-helper[", environment, ...lines, "winrepo-helper]", ""].join("\r\n");

describe("the helper program", () => {
  it.skipIf(compiler !== builtWith)(
    `is what gcc ${builtWith} makes of its source`,
    () => {
      const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
      expect(sha256(compileHelper())).toBe(sha256(helperProgram()));
    },
    120_000,
  );

  it("is a Windows program of a few kilobytes that says nothing of when and where it was built", () => {
    const program = helperProgram();
    expect(program.subarray(0, 2).toString()).toBe("MZ");
    expect(program.length).toBeLessThan(20_000);
    const header = program.readUInt32LE(0x3c);
    expect(program.readUInt32LE(header + 8)).toBe(0);
  });
});

describe("Helper", () => {
  it("asks for the variables with the first question, and no more", async () => {
    const { helper, requests } = scripted(answered("null"), "winrepo-helper[\nnull\nwinrepo-helper]\n");
    const registry = new HelperRegistry(helper);
    expect(await registry.read("HKLM", "a", "32", 2)).toBeUndefined();
    expect(await registry.read("HKLM", "b", "64", 0)).toBeUndefined();
    expect([...(await helper.environment())]).toEqual([
      ["path", "C:\\Windows"],
      ["temp", "C:\\t"],
    ]);
    expect(requests).toEqual([
      ["environment", "key", "HKLM", "32", "a", "2"],
      ["key", "HKLM", "64", "b", "0"],
    ]);
  });

  it("is started again when nothing was done, and never when something may have been", async () => {
    const ran = answered('{"timedOut":false,"exitCode":3221225477,"folder":"C:\\\\h","output":"\\u00c3\\u00bc"}');
    const late = scripted("wine: failed to open it", "", ran);
    expect(await late.helper.run("x", {})).toEqual({
      exitCode: 0xc0000005,
      output: "ü",
      timedOut: false,
      cwd: "C:\\h",
    });
    expect(late.helper.starts).toBe(3);

    const begun = scripted("winrepo-helper[\n", ran);
    await expect(begun.helper.run("x", {})).rejects.toThrow("ended without an answer");
    expect(begun.helper.starts).toBe(1);

    const never = scripted();
    await expect(never.helper.run("x", {})).rejects.toThrow("cannot be started there: no output");
    expect(never.helper.starts).toBe(3);
    await expect(scripted({ timedOut: true }).helper.run("x", { timeoutMs: 1000 })).rejects.toThrow("within 31 s");
  });

  it("tells Windows' refusals with their numbers, and folders that are none", async () => {
    const refused = scripted(answered('{"folder":"C:\\\\h","failed":{"error":193,"reason":"Bad EXE format for %1"}}'));
    const failure = await refused.helper.run('"C:\\x.txt" /S', {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(failure).toMatchObject({ cwd: "C:\\h", windowsError: { number: 193, reason: "Bad EXE format for %1" } });

    const missing = scripted(answered('{"noFolder":"C:\\\\none"}'));
    await expect(missing.helper.run("x", { cwd: "C:\\none" })).rejects.toMatchObject({ cwd: "C:\\none" });
    const relative = scripted();
    await expect(relative.helper.run("x", { cwd: '"C:\\T' })).rejects.toMatchObject({ cwd: '"C:\\T' });
    expect(relative.helper.starts).toBe(0);
    await expect(relative.helper.run("x\0y", {})).rejects.toThrow("NUL");
  });

  it("at the time limit tells a program that hangs from one that left something behind", async () => {
    const hangs = scripted(answered('{"timedOut":true,"exitCode":null,"folder":"C:\\\\","output":""}'));
    expect(await hangs.helper.run("x", {})).toMatchObject({
      timedOut: true,
      notes: [expect.stringContaining("the program and what it started were ended")],
    });
    const left = scripted(answered('{"timedOut":true,"exitCode":0,"folder":"C:\\\\","output":""}'));
    const { exitCode, notes } = await left.helper.run("x", {});
    expect(exitCode).toBeUndefined();
    expect(notes?.[0]).toContain("ended with exit code 0, but");
  });
});

describe("HelperRegistry", () => {
  const key = (name: string, subkeys = "") => `{"name":"${name}","values":[["v",4,"ffffffff"]],"subkeys":[${subkeys}]}`;

  it("answers from the parts that were read, and asks for what lies outside", async () => {
    const { helper, requests } = scripted(
      answered(key("Uninstall", key("App")), `[["S-1\\\\Soft",${key("Soft")}],["S-2\\\\Soft",null]]`),
      "winrepo-helper[\nnull\nwinrepo-helper]\n",
    );
    const read = await new HelperRegistry(helper).readParts([
      { hive: "HKLM", view: "64", key: "Uninstall", depth: 1 },
      { hive: "HKU", view: "32", key: "", below: "Soft", depth: 0 },
    ]);
    const found = await read.readRegistry("HKLM", "UNINSTALL", "64", 1);
    expect(found?.subkeys.map(({ name, values }) => [name, values.get("v")])).toEqual([
      ["App", { type: "REG_DWORD", data: 0xffffffff }],
    ]);
    expect((await read.readRegistry("HKU", "S-1\\Soft", "32", 0))?.name).toBe("Soft");
    expect(await read.readRegistry("HKU", "S-2\\Soft", "32", 0)).toBeUndefined();
    expect(await read.readRegistry("HKU", "S-3\\Soft", "32", 0)).toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(await read.readRegistry("HKLM", "Uninstall", "32", 1)).toBeUndefined();
    expect(requests).toHaveLength(2);
  });

  it("tells why a key cannot be read or written", async () => {
    const denied = '{"error":5,"reason":"Access denied"}';
    const read = new HelperRegistry(scripted(answered(denied)).helper);
    await expect(read.read("HKLM", "SAM", "64", 0)).rejects.toThrow(
      "HKLM\\SAM cannot be read: Access denied (error 5)",
    );
    const write = new HelperRegistry(scripted(answered(denied)).helper);
    const value = { type: "REG_SZ", data: "x" };
    await expect(write.write("HKLM", "SAM", "", value, false)).rejects.toThrow("cannot be written: Access denied");
  });
});

describe("bytes of registry values", () => {
  it.each([
    { type: "REG_SZ", data: "ü\r\nx" },
    { type: "REG_EXPAND_SZ", data: "%TEMP%" },
    { type: "REG_DWORD", data: 0xffffffff },
    { type: "REG_QWORD", data: 2 ** 40 },
    { type: "REG_MULTI_SZ", data: ["a", "b c"] },
    { type: "REG_BINARY", data: "00ff" },
    { type: "REG_NONE", data: "" },
    { type: "REG_8", data: "01" },
  ])("$type there and back", (value) => {
    const { number, bytes } = valueToBytes(value);
    expect(valueFromBytes(number, bytes)).toEqual(value);
  });

  it("refuses a type that is none", () => {
    expect(() => valueToBytes({ type: "REG_TEXT", data: "" })).toThrow(RangeError);
  });
});
