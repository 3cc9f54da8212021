import { describe, expect, it } from "vitest";
import { parseJson } from "../../engine/value/json.js";
import { repr } from "../../engine/value/repr.js";

// What CPython 3.11's json.loads gives.
const read: [text: string, repr: string][] = [
  ["[NaN, Infinity, -Infinity]", "[nan, inf, -inf]"],
  ['"\\ud83d\\ude00"', "'\ud83d\ude00'"],
  ["1e400", "inf"],
  ["12345678901234567890", "12345678901234567890"],
  ['{"a":1,"a":2}', "{'a': 2}"],
  ["1.0", "1.0"],
  ["-0", "0"],
  ["-0.0", "-0.0"],
];
const refused: [text: string, message: string][] = [
  ["", "Expecting value: line 1 column 1 (char 0)"],
  ["  ", "Expecting value: line 1 column 3 (char 2)"],
  ["{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"],
  ["[", "Expecting value: line 1 column 2 (char 1)"],
  ["[1", "Expecting ',' delimiter: line 1 column 3 (char 2)"],
  ["[1,", "Expecting value: line 1 column 4 (char 3)"],
  ["[1,]", "Expecting value: line 1 column 4 (char 3)"],
  ['{"a"', "Expecting ':' delimiter: line 1 column 5 (char 4)"],
  ['{"a":', "Expecting value: line 1 column 6 (char 5)"],
  ['{"a":1', "Expecting ',' delimiter: line 1 column 7 (char 6)"],
  ['{"a":1,', "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"],
  ['{"a":1,}', "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"],
  ["{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"],
  ['"abc', "Unterminated string starting at: line 1 column 1 (char 0)"],
  ['"a\nb"', "Invalid control character at: line 1 column 3 (char 2)"],
  ['"\\q"', "Invalid \\escape: line 1 column 2 (char 1)"],
  ['"\\u12g4"', "Invalid \\uXXXX escape: line 1 column 3 (char 2)"],
  ['"\\u1', "Invalid \\uXXXX escape: line 1 column 3 (char 2)"],
  ["1 2", "Extra data: line 1 column 3 (char 2)"],
  ["nul", "Expecting value: line 1 column 1 (char 0)"],
  ["[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ["-", "Expecting value: line 1 column 1 (char 0)"],
  ["01", "Extra data: line 1 column 2 (char 1)"],
  ["1.", "Extra data: line 1 column 2 (char 1)"],
  [".5", "Expecting value: line 1 column 1 (char 0)"],
  ["\ufeff1", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"],
  ['"a\\', "Unterminated string starting at: line 1 column 1 (char 0)"],
  ["tru", "Expecting value: line 1 column 1 (char 0)"],
  ["[tru]", "Expecting value: line 1 column 2 (char 1)"],
  ['{"a":}', "Expecting value: line 1 column 6 (char 5)"],
  ["\n\n  x", "Expecting value: line 3 column 3 (char 4)"],
];

describe("parseJson", () => {
  it.each(read)("reads %j", (text, expected) => {
    const result = parseJson(text);
    expect("data" in result && repr(result.data)).toBe(expected);
  });

  it.each(refused)("refuses %j with Python's words", (text, message) => {
    expect(parseJson(text)).toMatchObject({ message });
  });

  it("stops at a depth that would end the stack", () => {
    expect(parseJson("[".repeat(100_000))).toMatchObject({
      message: expect.stringContaining("maximum recursion depth"),
    });
  });
});
