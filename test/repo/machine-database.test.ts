import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeDatabase } from "../../engine/repo/db/machine-database.js";
import { checkBounds } from "../../engine/repo/db/msgpack-bounds.js";
import { encodeMsgpack, MsgpackError } from "../../engine/repo/msgpack.js";
import { encodeWinrepo } from "../../engine/repo/winrepo-p.js";
import { toJson } from "../../engine/value/convert.js";
import { Bytes, Dict, PyFloat, type Value } from "../../engine/value/types.js";

const text = fc.string({ unit: "grapheme", maxLength: 300 });
// The reader refuses this one key, which no package has.
const key = text.filter((name) => name !== "__proto__");
const scalar: fc.Arbitrary<Value> = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => new PyFloat(Object.is(number, -0) ? 0 : number)),
  fc.uint8Array().map((data) => new Bytes(new Uint8Array([0xff, ...data]))),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 20 }),
  fc.dictionary(key, scalar).map((object) => Dict.from(Object.entries(object))),
);
const dict = <T extends Value>(items: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(key, items), { selector: ([name]) => name, maxLength: 20 }).map((pairs) => Dict.from(pairs));
const errors = dict(fc.array(text, { maxLength: 3 }));

/** What the reader should give for a value that we wrote. */
function expected(item: Value): unknown {
  if (item instanceof Bytes) return expect.stringMatching(/^b['"]/);
  if (Array.isArray(item)) return item.map(expected);
  if (item instanceof Dict) return Object.fromEntries([...item].map(([name, each]) => [name, expected(each)]));
  return toJson(item);
}

describe("our MessagePack, read by the published reader", () => {
  it("holds the same packages, versions and attributes, in order", () => {
    fc.assert(
      fc.property(dict(dict(dict(value))), errors, dict(text), (repo, files, nameMap) => {
        const read = decodeDatabase(encodeWinrepo({ repo, errors: files, nameMap }));
        expect(read.problems).toEqual([]);
        expect([...read.packages.keys()]).toEqual([...repo.keys()]);
        for (const [name, versions] of repo) {
          expect([...(read.packages.get(name as string)?.keys() ?? [])]).toEqual([...(versions as Dict).keys()]);
          for (const [version, attributes] of versions as Dict) {
            const known = read.packages.get(name as string)?.get(version as string);
            expect([...(known ?? [])]).toEqual([...(attributes as Dict)].map(([own, item]) => [own, expected(item)]));
          }
        }
        if (repo.size > 0) expect([...read.names]).toEqual([...nameMap]);
        expect([...read.errors.values()]).toEqual([...files.values()]);
      }),
    );
  });

  it("keeps versions that look like numbers where they stand", () => {
    const versions = Dict.from(["2019", "10", "9.1", "2"].map((version) => [version, new Dict()] as const));
    const read = decodeDatabase(encodeMsgpack(Dict.from([["repo", Dict.from([["a", versions]])]])));
    expect([...(read.packages.get("a")?.keys() ?? [])]).toEqual(["2019", "10", "9.1", "2"]);
  });

  it("reads whole numbers of every size, and keys that are no text", () => {
    const numbers = [0, 127, 128, 65_536, 2 ** 32, -1, -33, -129, -32_769, -(2 ** 31) - 1, 2n ** 64n - 1n];
    const attributes = Dict.from([["numbers", numbers]] as [Value, Value][]);
    const repo = Dict.from([[7, Dict.from([[null, attributes]])]] as [Value, Value][]);
    const read = decodeDatabase(encodeMsgpack(Dict.from([["repo", repo]])));
    expect(read.packages.get("7")?.get("None")?.get("numbers")).toEqual(
      numbers.map((n) => (typeof n === "bigint" ? String(n) : n)),
    );
  });

  it("takes today's MessagePack, too, as Salt's runner writes it", () => {
    const read = decodeDatabase(encode({ repo: { a: { "1.0": { full_name: "A".repeat(40), at: new Date(0) } } } }));
    expect(read.packages.get("a")?.get("1.0")?.get("full_name")).toBe("A".repeat(40));
    expect(read.packages.get("a")?.get("1.0")?.get("at")).toBe("1970-01-01T00:00:00.000Z");
  });
});

describe("a database that is none", () => {
  const bytes = (...values: number[]) => new Uint8Array(values);

  it.each([
    ["nothing", bytes(), "the data ends in the middle"],
    ["a text", encodeMsgpack("repo"), "it holds a text, where a mapping should be"],
    ["a list", encodeMsgpack([1]), "it holds a list, where a mapping should be"],
    [
      "an array of four billion",
      bytes(0xdd, 0xff, 0xff, 0xff, 0xff),
      "4294967295 values should follow, and 0 bytes do",
    ],
    [
      "a map of four billion",
      bytes(0xdf, 0xff, 0xff, 0xff, 0xff, 1),
      "8589934590 values should follow, and 1 bytes do",
    ],
    ["a text of four gigabytes", bytes(0xdb, 0xff, 0xff, 0xff, 0xff, 97), "4294967295 bytes should follow, and 1 do"],
    ["an extension of four gigabytes", bytes(0xc9, 0xff, 0xff, 0xff, 0xff), "4294967296 bytes should follow, and 0 do"],
    ["a length cut short", bytes(0xdc, 1), "the data ends in the middle"],
    ["a byte that is no type", bytes(0x91, 0xc1), "unknown type byte 0xc1"],
    ["something behind the end", bytes(0x80, 0x80), "there is more behind the end"],
    ["a list as a key", bytes(0x81, 0x91, 1, 2), "a list or mapping stands as a key"],
    ["a key that could change objects", encodeMsgpack(Dict.from([["__proto__", 1]])), "__proto__ is not allowed"],
    ["ten thousand levels", new Uint8Array(20_000).fill(0x91, 0, 10_000), "nested too deeply"],
    ["claims inside of claims", new Uint8Array(3_000).fill(0xdc), "values should follow"],
  ])("says what is wrong with %s", (_, content, message) => {
    expect(() => decodeDatabase(content)).toThrow(MsgpackError);
    expect(() => decodeDatabase(content)).toThrow(message);
  });

  it("fails in no other way, and reads nothing that was not checked", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        try {
          decodeDatabase(content);
        } catch (error) {
          expect(error).toBeInstanceOf(MsgpackError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("checks every type that there is", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: false, withDate: true, withTypedArray: false, maxDepth: 3 }), (any) => {
        let written: Uint8Array;
        try {
          written = encode(any, { ignoreUndefined: true });
        } catch {
          return;
        }
        checkBounds(written);
        expect(() => checkBounds(written.subarray(0, -1))).toThrow(MsgpackError);
      }),
    );
  });

  it("goes on past what has the wrong type, and names it", () => {
    const repo = Dict.from([
      ["a", ["1.0"]],
      ["b", Dict.from([["1.0", "text"]])],
      ["c", Dict.from([["1.0", Dict.from([["full_name", "C"]])]])],
    ] as [Value, Value][]);
    const { packages, problems } = decodeDatabase(encodeMsgpack(Dict.from([["repo", repo]])));
    expect(packages.get("c")?.get("1.0")?.get("full_name")).toBe("C");
    expect(problems).toEqual([
      "Package 'a' is a list, where a mapping should be: Salt fails on it.",
      "Version '1.0' of 'b' is a text, where a mapping should be: Salt fails on it.",
    ]);
    expect(decodeDatabase(encodeMsgpack(new Dict())).problems).toEqual([
      "There is no 'repo' in it: Salt finds no package.",
    ]);
  });
});
