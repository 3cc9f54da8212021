import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  base64Bytes,
  base64Text,
  compareBytes,
  concatBytes,
  hexBytes,
  hexText,
  includesBytes,
  latin1Bytes,
  latin1Text,
  utf8Bytes,
} from "../../engine/value/bytes.js";

const bytes = () => fc.uint8Array({ maxLength: 40 });

describe("bytes are what Node's Buffer makes of them", () => {
  it("as text and back", () => {
    fc.assert(
      fc.property(bytes(), fc.string({ unit: "binary" }), (data, text) => {
        const buffer = Buffer.from(data);
        expect(latin1Text(data)).toBe(buffer.toString("latin1"));
        expect(hexText(data)).toBe(buffer.toString("hex"));
        expect(base64Text(data)).toBe(buffer.toString("base64"));
        expect(hexBytes(hexText(data))).toEqual(data);
        expect(base64Bytes(base64Text(data))).toEqual(data);
        expect([...latin1Bytes(text)]).toEqual([...Buffer.from(text, "latin1")]);
        expect([...utf8Bytes(text)]).toEqual([...Buffer.from(text, "utf8")]);
      }),
    );
  });

  it("beside one another", () => {
    fc.assert(
      fc.property(bytes(), bytes(), (a, b) => {
        expect([...concatBytes(a, b)]).toEqual([...Buffer.concat([a, b])]);
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
        expect(includesBytes(a, b)).toBe(Buffer.from(a).includes(Buffer.from(b)));
        expect(includesBytes(concatBytes(a, b), b)).toBe(true);
      }),
    );
  });

  it.each(["YQ", "YQ==", "Y Q\n=", "YQ=Yg", "_-8", "YWI=x", "A", ""])("base64 that is not quite: %j", (text) => {
    expect([...base64Bytes(text)]).toEqual([...Buffer.from(text, "base64")]);
  });
});
