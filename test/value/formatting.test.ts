import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedText, roundTo } from "../../engine/value/float-text.js";
import { formatValue } from "../../engine/value/format-spec.js";
import { formatPercent } from "../../engine/value/percent-format.js";
import { Dict, PyFloat, Tuple, type Value } from "../../engine/value/types.js";
import { outcome, TestMeter } from "./meter.js";

const float = (value: number) => new PyFloat(value);
const percent = (format: string, values: Value) => outcome(() => formatPercent(format, values, new TestMeter()));
const format = (value: Value, spec: string) => outcome(() => formatValue(value, spec, new TestMeter()));

// Expected results are CPython's own.
describe("% formatting", () => {
  const cases: [string, Value, string][] = [
    ["%05.2f", float(2.71), "02.71"],
    ["%.0f", float(2.5), "2"],
    ["%.2f", float(1.005), "1.00"],
    ["%e", float(12345.678), "1.234568e+04"],
    ["%g", float(1e10), "1e+10"],
    ["%g", float(0.0001), "0.0001"],
    ["%#x", 255, "0xff"],
    ["%05x", -255, "-00ff"],
    ["%+d % d %-5d|", new Tuple([5, 5, 5]), "+5  5 5    |"],
    ["%5.1s|", "abc", "    a|"],
    ["%r %s", new Tuple(["é", null]), "'é' None"],
    ["%a", "é", "'\\xe9'"],
    ["%c%c", new Tuple([65, "b"]), "Ab"],
    ["%*d", new Tuple([5, 1]), "    1"],
    [
      "%(a)s-%(b(c))s",
      Dict.from([
        ["a", 1],
        ["b(c)", 2],
      ]),
      "1-2",
    ],
    ["%d%%", 5, "5%"],
    ["%s", [1, "a"], "[1, 'a']"],
    ["100%", new Tuple([]), "ValueError: incomplete format"],
    ["%d", "a", "TypeError: %d format: a real number is required, not str"],
    ["%x", float(1.5), "TypeError: %x format: an integer is required, not float"],
    ["%f", "a", "TypeError: must be real number, not str"],
    ["%d %d", 1, "TypeError: not enough arguments for format string"],
    ["%d", new Tuple([1, 2]), "TypeError: not all arguments converted during string formatting"],
    ["a", 1, "TypeError: not all arguments converted during string formatting"],
    ["%(a)s", new Dict(), "KeyError: 'a'"],
    ["%(a)s", 1, "TypeError: format requires a mapping"],
    ["%z", 1, "ValueError: unsupported format character 'z' (0x7a) at index 1"],
    ["%c", "ab", "TypeError: %c requires int or char"],
    ["%999999999999d", 1, "BudgetError: too large"],
    ["%.999999999f", 1, "BudgetError: too large"],
  ];
  it.each(cases)("%j", (text, values, expected) => expect(percent(text, values)).toBe(expected));

  it("never fails in another way than Python does", () => {
    const piece = fc.constantFrom(
      "%",
      "(a)",
      "-",
      "0",
      "5",
      "*",
      ".",
      "3",
      "d",
      "s",
      "f",
      "x",
      "r",
      "c",
      "l",
      "z",
      "é",
    );
    const value = fc.oneof(fc.integer(), fc.string(), fc.double().map(float), fc.constant(null));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(value, { maxLength: 4 }), (pieces, values) => {
        percent(pieces.join(""), new Tuple(values));
        percent(pieces.join(""), Dict.from([["a", values[0] ?? null]]));
      }),
    );
  });
});

describe("format specifications", () => {
  const cases: [Value, string, string][] = [
    ["a", ">5", "    a"],
    ["abc", "*^7", "**abc**"],
    ["abc", ".2", "ab"],
    [1234567, ",", "1,234,567"],
    [1234567, "012,", "0,001,234,567"],
    [255, "#010x", "0x000000ff"],
    [255, "_b", "1111_1111"],
    [-1, "05", "-0001"],
    [65, "c", "A"],
    [true, "d", "1"],
    [float(2.345), ".2f", "2.35"],
    [float(0.123), ".1%", "12.3%"],
    [float(1000), ".3", "1e+03"],
    [float(-0.01), "z.1f", "0.0"],
    [float(Number.NaN), "05", "00nan"],
    [float(12345.678), ",", "12,345.678"],
    ["a", "d", "ValueError: Unknown format code 'd' for object of type 'str'"],
    [1, ".2", "ValueError: Precision not allowed in integer format specifier"],
    ["a", "=5", "ValueError: '=' alignment not allowed in string format specifier"],
    [1, ",x", "ValueError: Cannot specify ',' with 'x'."],
    [1, "x5", "ValueError: Invalid format specifier 'x5' for object of type 'int'"],
    [null, "5", "TypeError: unsupported format string passed to NoneType.__format__"],
    [1, ">999999999999", "BudgetError: too large"],
  ];
  it.each(cases)("format(%j, %j)", (value, spec, expected) => expect(format(value, spec)).toBe(expected));

  it("never fails in another way than Python does", () => {
    const value = fc.oneof(fc.integer(), fc.string(), fc.double().map(float), fc.constant(null), fc.bigInt());
    const spec = fc.array(fc.constantFrom(..."<>=^+- z#0159,_.bcdeEfFgGnosxX%é"), { maxLength: 8 });
    fc.assert(fc.property(value, spec, (one, characters) => void format(one as Value, characters.join(""))));
  });
});

describe("decimal texts of floats", () => {
  it("agree with JavaScript's where no tie is to be broken", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.nat(12), (value, digits) => {
        const scaled = value * 10 ** digits;
        fc.pre(Math.abs((scaled % 1) - 0.5) > 1e-3);
        return fixedText(value, digits) === value.toFixed(digits);
      }),
    );
  });
  it("break ties to even", () => {
    expect([0.5, 1.5, 2.5].map((value) => fixedText(value, 0))).toEqual(["0", "2", "2"]);
    expect([roundTo(2.675, 2), roundTo(0.125, 2), roundTo(25, -1), roundTo(-2.5, 0)]).toEqual([2.67, 0.12, 20, -2]);
  });
});
