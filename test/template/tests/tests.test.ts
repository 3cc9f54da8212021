import { describe, expect, it } from "vitest";
import { dictClass } from "../../../engine/template/globals/classes.js";
import { Undefined } from "../../../engine/template/runtime.js";
import { Markup } from "../../../engine/value/markup.js";
import { Dict, PyFloat, Tuple, type Value } from "../../../engine/value/types.js";
import { outcome } from "../../value/meter.js";
import { FakeContext } from "../context.js";

const missing = new Undefined({ name: "x" });
const is = (value: Value, name: string, ...args: Value[]) =>
  outcome(() => new FakeContext().callTest(name, value, args));

describe("tests", () => {
  it.each<[string, Value, Value[], boolean | string]>([
    ["defined", missing, [], false],
    ["undefined", missing, [], true],
    ["none", null, [], true],
    ["boolean", 1, [], false],
    ["true", true, [], true],
    ["integer", true, [], false],
    ["float", new PyFloat(1), [], true],
    ["number", true, [], true],
    ["string", new Markup(""), [], true],
    ["mapping", new Dict(), [], true],
    ["sequence", new Dict(), [], true],
    ["sequence", 5, [], false],
    ["iterable", "a", [], true],
    ["iterable", missing, [], "UndefinedError: 'x' is undefined"],
    ["callable", dictClass, [], true],
    ["odd", 3, [], true],
    ["odd", "a", [], "TypeError: not all arguments converted during string formatting"],
    ["divisibleby", 9, [0], "ZeroDivisionError: integer modulo by zero"],
    ["divisibleby", 9, [], "TypeError: test_divisibleby() missing 1 required positional argument: 'num'"],
    ["lower", "a1", [], true],
    ["upper", "1", [], false],
    ["in", "a", [["a"]], true],
    ["in", 1, [5], "TypeError: argument of type 'int' is not iterable"],
    ["eq", 1, [new PyFloat(1)], true],
    ["eq", 1, [], "TypeError: eq expected 2 arguments, got 1"],
    ["gt", 1, ["a"], "TypeError: '>' not supported between instances of 'int' and 'str'"],
    ["sameas", null, [null], true],
    ["sameas", 1, [true], false],
    ["escaped", new Markup(""), [], true],
    ["filter", "upper", [], true],
    ["test", "match", [], true],
    ["list", new Tuple([]), [], false],
    ["equalto", "a", ["a"], true],
    ["match", "ab", ["a"], true],
    ["match", "ab", ["b"], false],
    ["match", "AB", ["a", true], true],
  ])("%s", (name, value, args, expected) => expect(is(value, name, ...args)).toBe(expected));
});
