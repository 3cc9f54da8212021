import { describe, expect, it } from "vitest";
import { globals } from "../../../engine/template/globals/index.js";
import { type Callable, NotRunError } from "../../../engine/template/runtime.js";
import { repr } from "../../../engine/value/repr.js";
import { Dict, Tuple, type Value } from "../../../engine/value/types.js";
import { outcome } from "../../value/meter.js";
import { FakeContext, keywords } from "../context.js";

const context = new FakeContext();

function make(name: string, args: readonly Value[] = [], kwargs = {}): Value {
  return (globals.get(name) as Callable).call(context, args, keywords(kwargs));
}

const shown = (name: string, args: readonly Value[] = [], kwargs = {}) => outcome(() => repr(make(name, args, kwargs)));

describe("globals", () => {
  it.each<[string, Value[], { [name: string]: Value }, string]>([
    ["range", [3], {}, "range(0, 3)"],
    ["range", [5, 0, -2], {}, "range(5, 0, -2)"],
    ["range", [100_001], {}, "OverflowError: Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)."],
    ["range", [1, 2, 0], {}, "ValueError: range() arg 3 must not be zero"],
    ["range", ["a"], {}, "TypeError: 'str' object cannot be interpreted as an integer"],
    ["dict", [[new Tuple(["a", 1])]], { b: 2 }, "{'a': 1, 'b': 2}"],
    ["dict", [5], {}, "TypeError: 'int' object is not iterable"],
    ["odict", [], { b: 1, a: 2 }, "OrderedDict([('b', 1), ('a', 2)])"],
    ["namespace", [Dict.from([["a", 1]])], { b: 2 }, "<Namespace {'a': 1, 'b': 2}>"],
    ["cycler", [], {}, "RuntimeError: at least one item has to be provided"],
    ["raise", ["boom"], {}, "TemplateError: boom"],
    ["ifelse", ["web*", "a", "db*", "b", "c"], { minion_id: "db01" }, "'b'"],
    ["ifelse", [false, "a", "b"], {}, "'b'"],
    ["ifelse", ["a", "b"], {}, "SaltException: The ifelse function must have an odd number of arguments!"],
  ])("%s %j", (name, args, kwargs, expected) => expect(shown(name, args, kwargs)).toBe(expected));

  it("cycle and join", () => {
    const cycler = make("cycler", ["a", "b"]) as Callable;
    const next = () => context.call(cycler.attribute("next") as Value);
    expect([next(), next(), next(), cycler.attribute("current")]).toEqual(["a", "b", "a", "b"]);
    const joiner = make("joiner", ["|"]);
    expect([context.call(joiner), context.call(joiner), context.call(joiner)]).toEqual(["", "|", "|"]);
  });

  it("does not run what is different each time", () => expect(() => make("lipsum")).toThrow(NotRunError));
});
