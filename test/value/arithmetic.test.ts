import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { absolute, type BinaryOperator, binary, negative, positive } from "../../engine/value/arithmetic.js";
import { equal } from "../../engine/value/equal.js";
import { escapeValue, Markup } from "../../engine/value/markup.js";
import { repr } from "../../engine/value/repr.js";
import { Bytes, Dict, int, PyFloat, PySet, Tuple, typeName, type Value } from "../../engine/value/types.js";
import { outcome, TestMeter } from "./meter.js";

const float = (value: number) => new PyFloat(value);
const tuple = (...items: Value[]) => new Tuple(items);

function calculate(a: Value, operator: BinaryOperator, b: Value): string {
  return outcome(() => repr(binary(operator, a, b, new TestMeter())));
}

// Expected results are CPython's own.
describe("arithmetic", () => {
  const cases: [Value, BinaryOperator, Value, string][] = [
    [7, "//", 2, "3"],
    [-7, "//", 2, "-4"],
    [7, "%", -3, "-2"],
    [float(-7.5), "%", 2, "0.5"],
    [float(1), "//", float(0.1), "9.0"],
    [0, "//", float(-2.5), "-0.0"],
    [1, "//", float(Number.NEGATIVE_INFINITY), "-1.0"],
    [10, "/", 2, "5.0"],
    [2, "**", 64, "18446744073709551616"],
    [2, "**", -1, "0.5"],
    [0, "**", 0, "1"],
    [-1, "**", 1_000_001, "-1"],
    [9007199254740991, "+", 1, "9007199254740992"],
    [9007199254740993n, "-", 2, "9007199254740991"],
    [3000000000, "*", 3000000000, "9000000000000000000"],
    [10n ** 400n, "/", 10n ** 399n, "10.0"],
    [1, "+", true, "2"],
    [float(0.1), "+", float(0.2), "0.30000000000000004"],
    ["a", "*", 3, "'aaa'"],
    [2, "*", [1], "[1, 1]"],
    ["a", "*", -1, "''"],
    [tuple(1), "+", tuple(2), "(1, 2)"],
    [new Bytes(Uint8Array.of(97)), "+", new Bytes(Uint8Array.of(98)), "b'ab'"],
    [PySet.from([1, 2]), "-", PySet.from([2]), "{1}"],
    ["%s-%d", "%", tuple("a", 5), "'a-5'"],
    [5, "/", 0, "ZeroDivisionError: division by zero"],
    [5, "//", 0, "ZeroDivisionError: integer division or modulo by zero"],
    [5, "%", 0, "ZeroDivisionError: integer modulo by zero"],
    [float(5), "%", 0, "ZeroDivisionError: float modulo"],
    [0, "**", -1, "ZeroDivisionError: 0.0 cannot be raised to a negative power"],
    [float(10), "**", 400, "OverflowError: (34, 'Numerical result out of range')"],
    [5, "+", "5", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"],
    ["5", "+", 5, 'TypeError: can only concatenate str (not "int") to str'],
    [[1], "+", tuple(1), 'TypeError: can only concatenate list (not "tuple") to list'],
    ["a", "*", float(2), "TypeError: can't multiply sequence by non-int of type 'float'"],
    ["a", "*", 10n ** 30n, "OverflowError: cannot fit 'int' into an index-sized integer"],
    [new Dict(), "+", new Dict(), "TypeError: unsupported operand type(s) for +: 'dict' and 'dict'"],
    [2, "**", "a", "TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'"],
    [null, "-", 1, "TypeError: unsupported operand type(s) for -: 'NoneType' and 'int'"],
  ];
  for (const [a, operator, b, expected] of cases) {
    it(`${typeName(a)} ${operator} ${typeName(b)}: ${expected}`, () =>
      expect(calculate(a, operator, b)).toBe(expected));
  }

  it("asks the meter before it makes something large", () => {
    expect(calculate("ab", "*", 2 ** 40)).toBe("BudgetError: too large");
    expect(calculate([1, 2], "*", 2 ** 30)).toBe("BudgetError: too large");
    expect(calculate(10, "**", 10 ** 9)).toBe("BudgetError: integer too large");
  });

  it("knows the signs and the size of a number", () => {
    expect([negative(true), positive(true), absolute(-3), negative(0)]).toEqual([-1, 1, 3, 0]);
    expect(outcome(() => negative("a"))).toBe("TypeError: bad operand type for unary -: 'str'");
    expect(outcome(() => absolute("a"))).toBe("TypeError: bad operand type for abs(): 'str'");
  });

  it("escapes what is joined to Markup", () => {
    const safe = new Markup("<b>");
    expect(calculate(safe, "+", "<")).toBe("Markup('<b>&lt;')");
    expect(calculate("<", "+", safe)).toBe("Markup('&lt;<b>')");
    expect(calculate(new Markup("%s %s"), "%", tuple("<", escapeValue("<")))).toBe("Markup('&lt; &lt;')");
  });

  it("divides so that quotient and remainder belong together", () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.bigInt({ min: -1000n, max: 1000n }).filter((b) => b !== 0n),
        (x, y) => {
          const [a, b] = [int(x), int(y)];
          const meter = new TestMeter();
          const quotient = binary("//", a, b, meter);
          const rest = binary("%", a, b, meter);
          const back = binary("+", binary("*", quotient, b, meter), rest, meter);
          return equal(back, a) && (y > 0n ? BigInt(rest as bigint) >= 0n : BigInt(rest as bigint) <= 0n);
        },
      ),
    );
  });
});
