import { describe, expect, it } from "vitest";
import { checkPack } from "../../engine/git/check-pack.js";
import { GitError } from "../../engine/git/git-error.js";
import { gitLimits } from "../../engine/git/limits.js";
import { blob, commit, makePack, type PackedObject, packed, tree } from "./make-pack.js";

const file = blob("a: one\n");
const folder = tree([["a.sls", file]]);
const good = [commit(folder), folder, file];

/** A difference that makes `result` bytes of `base`; what it copies does not matter to sizes. */
function delta(base: number, result: number, distance: number): PackedObject {
  return { type: "ofs-delta", content: Buffer.from([...varint(base), ...varint(result), 0x90, 1]), distance };
}

function varint(number: number): number[] {
  const bytes: number[] = [];
  for (let rest = number; ; ) {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(low | (rest > 0 ? 0x80 : 0));
    if (rest === 0) return bytes;
  }
}

const check = (pack: Buffer) => checkPack(pack, gitLimits);

describe("a pack", () => {
  it("is taken when it is what it says", async () => {
    expect(await check(makePack(good))).toBe(3);
    expect(await check(makePack([]))).toBe(0);
    const base = packed(file).length;
    expect(await check(makePack([file, delta(7, 1, base)]))).toBe(2);
    for (const size of [16_383, 16_384, 65_535, 65_536, 200_000]) {
      expect(await check(makePack([blob("x".repeat(size)), file]))).toBe(2);
    }
  });

  it.each<[string, Buffer, RegExp]>([
    [
      "holds a file of more than 100 MB",
      makePack([blob(Buffer.alloc(101 * 1024 ** 2))]),
      /Winrepo stopped: .* object of/,
    ],
    ["says so of one", makePack([{ ...file, size: 2 ** 40 }]), /Winrepo stopped: .* object of/],
    ["holds a folder of more than 8 MB", makePack([{ ...folder, size: 9 * 1024 ** 2 }]), /Winrepo stopped/],
    [
      "makes a file of 2 GB of a small one",
      makePack([file, delta(7, 2 ** 31, packed(file).length)]),
      /object of 2147483648/,
    ],
    ["holds a million objects", makePack([file], 1_000_000), /more than 500000 objects/],
    [
      "leads from difference to difference",
      makePack([file, ...Array.from({ length: 300 }, (_, at) => delta(1, 1, at === 0 ? packed(file).length : small))]),
      /differ from each other/,
    ],
    ["unpacks to more than it says", makePack([{ ...blob("x".repeat(9000)), size: 10 }]), /damaged/],
    ["unpacks to less", makePack([{ ...file, size: 5000 }]), /damaged/],
    ["ends early", makePack(good, 4), /damaged/],
    ["goes on", makePack(good, 2), /damaged/],
    ["is none", Buffer.from("<html>"), /no pack/],
    ["is cut", makePack(good).subarray(0, 60), /no pack/],
    ["names a base before itself", makePack([delta(1, 1, 500)]), /damaged/],
  ])("that %s is refused", async (_, pack, message) => {
    const error = await check(pack).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GitError);
    expect((error as Error).message).toMatch(message);
  });

  it("throws nothing but GitError, whichever byte is damaged", async () => {
    const { createHash } = await import("node:crypto");
    const whole = makePack([...good, delta(7, 1, packed(file).length)]);
    for (let at = 0; at < whole.length - 20; at++) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const body = Buffer.from(whole.subarray(0, -20));
        body[at]! ^= flip;
        const pack = Buffer.concat([body, createHash("sha1").update(body).digest()]);
        const error = await check(pack).catch((reason: unknown) => reason);
        if (typeof error !== "number") expect(error).toBeInstanceOf(GitError);
      }
    }
  });

  it("is left when the run is cancelled", async () => {
    const many = makePack(Array.from({ length: 20_000 }, (_, at) => blob(`${at}`)));
    const abort = new AbortController();
    const checked = checkPack(many, gitLimits, abort.signal);
    setImmediate(() => abort.abort(new Error("the user had enough")));
    await expect(checked).rejects.toThrow("the user had enough");
  });
});

const small = packed(delta(1, 1, 1)).length;
