import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { decodeMsgpack, encodeMsgpack, MsgpackError } from "../../engine/repo/msgpack.js";
import { decodeWinrepo, encodeWinrepo, readWinrepoFile, writeWinrepoFile } from "../../engine/repo/winrepo-p.js";
import { toTyped } from "../../engine/value/convert.js";
import { Bytes, Dict, PyFloat, PySet, Tuple, type Value } from "../../engine/value/types.js";

const folder = mkdtempSync(path.join(tmpdir(), "winrepo-p-"));
afterAll(() => rmSync(folder, { recursive: true }));

const example: Value = Dict.from([
  [
    "repo",
    Dict.from([
      [
        "zeta",
        Dict.from([
          [
            "2.0",
            Dict.from([
              ["full_name", "Zeta ü \u{1F600}"],
              ["installer", `https://example.com/${"z".repeat(40)}`],
              ["install_flags", "x".repeat(300)],
              ["uninstall_flags", "y".repeat(70_000)],
              ["msiexec", false],
              ["nothing", null],
              ["floats", [new PyFloat(1), new PyFloat(-0.5), new PyFloat(1e300)]],
              ["ints", [0, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, 18446744073709551615n]],
              ["negative", [-1, -32, -33, -128, -129, -32_768, -32_769, -2_147_483_648, -2_147_483_649]],
              ["many", Array.from({ length: 20 }, (_, index) => index)],
            ] as [Value, Value][]),
          ],
        ]),
      ],
      ["alpha", new Dict()],
      [7, Dict.from([["", new Dict()]])],
    ] as [Value, Value][]),
  ],
  ["errors", Dict.from([["sub\\a.sls", ["Failed to read, x "]]])],
]);

describe("MessagePack in Salt's form", () => {
  it("comes back the same, with order and number types", () => {
    expect(toTyped(decodeMsgpack(encodeMsgpack(example)))).toEqual(toTyped(example));
  });

  it("keeps any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(decodeMsgpack(encodeMsgpack(text))).toBe(text);
      }),
    );
  });

  it("stores sets and tuples as lists and bytes as raw", () => {
    expect(decodeMsgpack(encodeMsgpack(PySet.from([1, 2])))).toEqual([1, 2]);
    expect(decodeMsgpack(encodeMsgpack(new Tuple([1, "a"])))).toEqual([1, "a"]);
    expect(decodeMsgpack(encodeMsgpack(new Bytes(new TextEncoder().encode("text"))))).toBe("text");
    expect(decodeMsgpack(encodeMsgpack(new Bytes(new Uint8Array([0xff]))))).toEqual(new Bytes(new Uint8Array([0xff])));
  });

  it("never fails otherwise than with a MsgpackError", () => {
    const bytes = encodeMsgpack(example);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (position, byte) => {
        const damaged = Buffer.from(bytes.subarray(0, 2_000));
        damaged[position % damaged.length] = byte;
        expect(() => decodeMsgpack(damaged)).toThrow(MsgpackError);
      }),
    );
    expect(() => decodeMsgpack(new Uint8Array(2_000).fill(0x91))).toThrow("nested too deeply");
  });

  const python = "/usr/bin/python3";
  const hasMsgpack = existsSync("/usr/lib/python3/dist-packages/msgpack/__init__.py");

  it.skipIf(!hasMsgpack)("is what Salt's own packer writes, byte for byte, and Python reads the same data", () => {
    const file = path.join(folder, "python.p");
    writeFileSync(file, encodeMsgpack(example));
    const script = [
      "import json, msgpack, sys",
      "raw = open(sys.argv[1], 'rb').read()",
      "data = msgpack.unpackb(raw, raw=False, strict_map_key=False)",
      "print(json.dumps([msgpack.packb(data, use_bin_type=False).hex() == raw.hex(), repr(data)]))",
    ].join("\n");
    const output = execFileSync(python, ["-c", script, file], { encoding: "utf8", timeout: 20_000 });
    const [same, text] = JSON.parse(output) as [boolean, string];
    expect(same).toBe(true);
    expect(text).toContain("'zeta': {'2.0': {'full_name': 'Zeta ü \u{1F600}'");
    expect(text).toContain("'floats': [1.0, -0.5, 1e+300], 'ints': [0, 127,");
  });
});

describe("winrepo.p", () => {
  const data = {
    repo: Dict.from([["a", Dict.from([["1.0", Dict.from([["full_name", "A"]])]])]]),
    errors: Dict.from([["b.sls", ["Failed to read, x "]]]),
    nameMap: Dict.from([["A", "a"]]),
  };

  it("holds repo, errors and name_map in Salt's order", () => {
    expect([...(decodeMsgpack(encodeWinrepo(data)) as Dict).keys()]).toEqual(["repo", "errors", "name_map"]);
  });

  it("has no name_map when no package was merged, and one when all packages are empty", () => {
    const keys = (repo: Dict) => [
      ...(decodeMsgpack(encodeWinrepo({ repo, errors: new Dict(), nameMap: new Dict() })) as Dict).keys(),
    ];
    expect(keys(new Dict())).toEqual(["repo", "errors"]);
    expect(keys(Dict.from([["a", new Dict()]]))).toEqual(["repo", "errors", "name_map"]);
  });

  it("is written and read back, leaving no other file", async () => {
    const file = path.join(folder, "out", "..", "winrepo.p");
    await writeWinrepoFile(file, encodeWinrepo(data));
    expect(await readWinrepoFile(file)).toEqual(data);
    expect(readdirSync(folder).filter((name) => name.startsWith("winrepo.p"))).toEqual(["winrepo.p"]);
    expect(decodeWinrepo(readFileSync(file))).toEqual(data);
  });

  it("says what is wrong with a file that cannot be used", async () => {
    await expect(readWinrepoFile(path.join(folder, "none.p"))).rejects.toThrow("there is no such file");
    const file = path.join(folder, "torn.p");
    writeFileSync(file, encodeWinrepo(data).subarray(0, 20));
    await expect(readWinrepoFile(file)).rejects.toThrow("is damaged: the data ends in the middle");
    writeFileSync(file, encodeMsgpack(["a"]));
    await expect(readWinrepoFile(file)).rejects.toThrow("it holds no mapping");
  });
});
