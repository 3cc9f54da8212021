import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "../../engine/render/decode.js";

// What CPython's strict decoder says of each.
const refused: [name: string, bytes: number[], message: string][] = [
  ["a lead byte of Latin-1", [0x61, 0xe9, 0x62], "byte 0xe9 in position 1: invalid continuation byte"],
  ["a byte that never starts", [0xff, 0xfe, 0x61], "byte 0xff in position 0: invalid start byte"],
  ["a lone continuation", [0x80], "byte 0x80 in position 0: invalid start byte"],
  ["an overlong form", [0xc0, 0xaf], "byte 0xc0 in position 0: invalid start byte"],
  ["an overlong form of three", [0xe0, 0x80, 0x80], "byte 0xe0 in position 0: invalid continuation byte"],
  ["a surrogate", [0xed, 0xa0, 0x80], "byte 0xed in position 0: invalid continuation byte"],
  ["a cut end", [0x61, 0xe2, 0x82], "bytes in position 1-2: unexpected end of data"],
  ["a cut end of one byte", [0xc3], "byte 0xc3 in position 0: unexpected end of data"],
  ["a broken third byte", [0xe2, 0x82, 0x41], "bytes in position 0-1: invalid continuation byte"],
];

describe("decodeUtf8", () => {
  it.each(refused)("refuses %s as Python does", (_, bytes, message) => {
    const result = decodeUtf8(Uint8Array.from(bytes));
    expect(result).toMatchObject({ failure: { message: `'utf-8' codec can't decode ${message}` } });
  });

  it("keeps a byte order mark", () => {
    expect(decodeUtf8(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]))).toEqual({ text: "\ufeffa" });
  });

  it("decodes what is beyond the basic plane", () => {
    expect(decodeUtf8(new TextEncoder().encode("ü😀"))).toEqual({ text: "ü😀" });
  });
});
