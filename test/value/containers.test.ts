import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, contains } from "../../engine/value/compare.js";
import { equal } from "../../engine/value/equal.js";
import { length, toList, truthy } from "../../engine/value/iterate.js";
import { PyIterator } from "../../engine/value/iterator.js";
import { Range } from "../../engine/value/range.js";
import { repr } from "../../engine/value/repr.js";
import { Slice, subscript } from "../../engine/value/subscript.js";
import { Bytes, Dict, OrderedDict, PyFloat, PySet, Tuple, type Value } from "../../engine/value/types.js";
import { DictView } from "../../engine/value/views.js";
import { outcome, TestMeter } from "./meter.js";

const item = (value: Value, key: Value) => outcome(() => repr(subscript(value, key, new TestMeter())));
const slice = (value: Value, start: Value, stop: Value, step: Value = null) =>
  item(value, new Slice(start, stop, step));

describe("items and slices", () => {
  it("count code points", () => {
    expect(item("a😀b", 2)).toBe("'b'");
    expect(slice("a😀b", 1, 2)).toBe("'😀'");
    expect(length("a😀b")).toBe(3);
    expect(toList("a😀")).toEqual(["a", "😀"]);
  });
  it("go backwards and by steps", () => {
    expect(slice([1, 2, 3, 4], null, null, -2)).toBe("[4, 2]");
    expect(slice(new Tuple([1, 2, 3]), -2, null)).toBe("(2, 3)");
    expect(slice("abc", 10n ** 30n, null, -1)).toBe("'cba'");
    expect(item(new Range(0, 10, 3), -1)).toBe("9");
    expect(slice(new Range(0, 10, 3), 1, 3)).toBe("range(3, 9, 3)");
  });
  it.each<[Value, Value, string]>([
    [[1], 5, "IndexError: list index out of range"],
    [[1], "a", "TypeError: list indices must be integers or slices, not str"],
    [new Tuple([]), 0, "IndexError: tuple index out of range"],
    ["a", 5, "IndexError: string index out of range"],
    ["a", "b", "TypeError: string indices must be integers, not 'str'"],
    [new Dict(), "a", "KeyError: 'a'"],
    [new Dict(), [1], "TypeError: unhashable type: 'list'"],
    [5, 0, "TypeError: 'int' object is not subscriptable"],
    [new PySet(), 0, "TypeError: 'set' object is not subscriptable"],
    [new Bytes(Uint8Array.of(7)), 0, "7"],
  ])("%j[%j]", (value, key, expected) => expect(item(value, key)).toBe(expected));
  it("agree with JavaScript's slice", () => {
    const bound = fc.option(fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 6 }), bound, bound, (list, start, stop) => {
        const expected = list.slice(start ?? undefined, stop ?? undefined);
        return equal(subscript(list, new Slice(start, stop, null), new TestMeter()), expected);
      }),
    );
  });
});

describe("comparison", () => {
  const less = (a: Value, b: Value) => outcome(() => compare("<", a, b));
  it("follows Python's order", () => {
    expect(less([1, 2], [1, 3])).toBe(true);
    expect(less("a\u{10000}", "a\uffff")).toBe(false);
    expect(less(9007199254740993n, new PyFloat(9007199254740992))).toBe(false);
    expect(less(new PyFloat(Number.NaN), 1)).toBe(false);
    expect(less(PySet.from([1]), PySet.from([1, 2]))).toBe(true);
    expect(less(1, "a")).toBe("TypeError: '<' not supported between instances of 'int' and 'str'");
    expect(less([1], ["a"])).toBe("TypeError: '<' not supported between instances of 'int' and 'str'");
    expect(less(null, null)).toBe("TypeError: '<' not supported between instances of 'NoneType' and 'NoneType'");
  });
  it("takes numbers for equal across their kinds, and texts never", () => {
    expect(equal(1, true)).toBe(true);
    expect(equal(Dict.from([[1, "a"]]), Dict.from([[new PyFloat(1), "a"]]))).toBe(true);
    expect(equal("1", 1)).toBe(false);
    expect(equal([1], new Tuple([1]))).toBe(false);
    expect(
      equal(
        OrderedDict.from([
          ["a", 1],
          ["b", 2],
        ]),
        Dict.from([
          ["b", 2],
          ["a", 1],
        ]),
      ),
    ).toBe(true);
  });
  it("finds items", () => {
    expect(contains("abc", "bc")).toBe(true);
    expect(contains(Dict.from([["a", 1]]), "a")).toBe(true);
    expect(contains(new Range(0, 10, 2), 4)).toBe(true);
    expect(contains([1, 2], new PyFloat(2))).toBe(true);
    expect(outcome(() => contains("a", 1))).toBe("TypeError: 'in <string>' requires string as left operand, not int");
    expect(outcome(() => contains(5, 1))).toBe("TypeError: argument of type 'int' is not iterable");
  });
  it("ends with values that hold themselves", () => {
    const list: Value[] = [];
    list.push(list);
    const other: Value[] = [];
    other.push(other);
    expect(repr(list)).toBe("[[...]]");
    expect(outcome(() => equal(list, other))).toBe("RecursionError: maximum recursion depth exceeded in comparison");
  });
  it("ends with values whose shared parts would take for ever", () => {
    let value: Value[] = [1, 1];
    let other: Value[] = [1, 1];
    for (let level = 0; level < 40; level += 1)
      [value, other] = [
        [value, value],
        [other, other],
      ];
    expect(outcome(() => repr(value))).toMatch(/^BudgetError/);
    expect(outcome(() => equal(value, other))).toMatch(/^BudgetError/);
    let tuple = new Tuple([1, 1]);
    for (let level = 0; level < 40; level += 1) tuple = new Tuple([tuple, tuple]);
    expect(outcome(() => String(new Dict().has(tuple)))).toMatch(/^BudgetError/);
  });
});

describe("truth and iteration", () => {
  it("is false for what is empty", () => {
    const empty: Value[] = [
      null,
      false,
      0,
      new PyFloat(0),
      "",
      [],
      new Tuple([]),
      new Dict(),
      new PySet(),
      new Range(0, 0, 1),
    ];
    expect(empty.map(truthy)).toEqual(empty.map(() => false));
    expect(["0", [0], -1].map(truthy)).toEqual([true, true, true]);
  });
  it("gives the items of an iterator once", () => {
    const iterator = new PyIterator([1, 2]);
    expect([toList(iterator), toList(iterator)]).toEqual([[1, 2], []]);
    expect(outcome(() => length(iterator))).toBe("TypeError: object of type 'generator' has no len()");
  });
  it("does not go on over a dict that grows", () => {
    const dict = Dict.from([["a", 1]]);
    const grow = () => {
      for (const key of toListWhile(dict)) dict.set(`${key}x`, 1);
    };
    expect(outcome(grow)).toBe("RuntimeError: dictionary changed size during iteration");
  });
  it("shows a dict's views", () => {
    const dict = Dict.from([["a", 1]]);
    expect(repr(new DictView(dict, "items"))).toBe("dict_items([('a', 1)])");
    expect(contains(new DictView(dict, "items"), new Tuple(["a", 1]))).toBe(true);
  });
});

function* toListWhile(dict: Dict): Iterable<string> {
  for (const key of new DictView(dict, "keys").iterate()) yield String(key);
}
