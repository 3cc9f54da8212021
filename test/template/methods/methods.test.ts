import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributeOf } from "../../../engine/template/methods/attributes.js";
import { Callable } from "../../../engine/template/runtime.js";
import { Markup } from "../../../engine/value/markup.js";
import { Range } from "../../../engine/value/range.js";
import { repr } from "../../../engine/value/repr.js";
import { Bytes, Dict, PyFloat, PySet, Tuple, type Value } from "../../../engine/value/types.js";
import { outcome } from "../../value/meter.js";
import { FakeContext, keywords } from "../context.js";

/** Calls a method, and shows what it gives (or raises) and what became of the object. */
function call(self: Value, name: string, args: readonly Value[] = [], kwargs = {}): string {
  return outcome(() => {
    const method = attributeOf(self, name);
    if (!(method instanceof Callable)) return "no such method";
    return repr(method.call(new FakeContext(), args, keywords(kwargs)));
  });
}

type MethodCase = [
  self: Value,
  name: string,
  args: readonly Value[],
  expected: string,
  kwargs?: { [name: string]: Value },
];

function check(cases: readonly MethodCase[]): void {
  cases.forEach(([self, name, args, expected, kwargs], index) => {
    it(`${name} ${index + 1}: ${expected}`, () => expect(call(self, name, args, kwargs)).toBe(expected));
  });
}

// Expected results are CPython's own.
describe("str", () =>
  check([
    ["aXb", "swapcase", [], "'AxB'"],
    ["ß", "casefold", [], "'ss'"],
    ["ΑΣ", "lower", [], "'ας'"],
    ["they're ok", "title", [], '"They\'Re Ok"'],
    ["aaa", "split", ["aa"], "['', 'a']"],
    ["aaa", "rsplit", ["aa"], "['a', '']"],
    [" a  b c ", "split", [null, 1], "['a', 'b c ']"],
    [" a  b c ", "rsplit", [null, 1], "[' a  b', 'c']"],
    ["a\r\nb\x1cc", "splitlines", [true], "['a\\r\\n', 'b\\x1c', 'c']"],
    ["a😀b", "find", ["b"], "2"],
    ["abcabc", "count", ["b", 2], "1"],
    ["abc", "startswith", [new Tuple(["x", "b"]), 1], "True"],
    ["a-b-c", "rpartition", ["-"], "('a-b', '-', 'c')"],
    ["ab", "replace", ["", "-", 2], "'-a-b'"],
    ["a\tb", "expandtabs", [4], "'a   b'"],
    ["-7", "zfill", [4], "'-007'"],
    ["ab", "center", [5, "*"], "'**ab*'"],
    ["٣", "isdigit", [], "True"],
    ["½", "isnumeric", [], "True"],
    ["é", "encode", ["ascii", "xmlcharrefreplace"], "b'&#233;'"],
    [
      "abc",
      "translate",
      [
        Dict.from([
          [97, "zz"],
          [98, null],
        ]),
      ],
      "'zzc'",
    ],
    [
      "{0[a]}{0}{}",
      "format",
      [Dict.from([["a", 1]]), "é"],
      "ValueError: cannot switch from manual field specification to automatic field numbering",
    ],
    ["{}-{:>{}}-{!r:4}|", "format", [1, "a", 3, "é"], "\"1-  a-'é' |\""],
    ["{a}", "format", [], "KeyError: 'a'"],
    ["{", "format", [], "ValueError: Single '{' encountered in format string"],
    ["{a}", "format_map", [Dict.from([["a", 1]])], "'1'"],
    ["a", "join", [[1]], "TypeError: sequence item 0: expected str instance, int found"],
    ["a", "upper", [1], "TypeError: str.upper() takes no arguments (1 given)"],
    ["a", "replace", ["b"], "TypeError: replace expected at least 2 arguments, got 1"],
    ["a", "split", [""], "ValueError: empty separator"],
    ["a", "split", [], "TypeError: 'x' is an invalid keyword argument for split()", { x: 1 }],
    ["a", "index", ["z"], "ValueError: substring not found"],
    [
      "é",
      "encode",
      ["ascii"],
      "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)",
    ],
    ["a", "zfill", [10 ** 12], "BudgetError: The template makes values of more than 20,000,000 characters or items."],
    [new Markup("<a>"), "replace", ["a", "<"], "Markup('<&lt;>')"],
    [new Markup("&lt;b"), "unescape", [], "'<b'"],
  ]));

describe("containers and numbers", () => {
  check([
    [[3, 1, 2], "pop", [0], "3"],
    [[], "pop", [], "IndexError: pop from empty list"],
    [[1], "index", [5], "ValueError: 5 is not in list"],
    [[1, "a"], "sort", [], "TypeError: '<' not supported between instances of 'str' and 'int'"],
    [[1], "append", [], "TypeError: list.append() takes exactly one argument (0 given)"],
    [new Tuple([1, true]), "count", [1], "2"],
    [Dict.from([["a", null]]), "get", ["a", 5], "None"],
    [new Dict(), "pop", ["a"], "KeyError: 'a'"],
    [new Dict(), "update", [[1]], "TypeError: cannot convert dictionary update sequence element #0 to a sequence"],
    [new Dict(), "popitem", [], "KeyError: 'popitem(): dictionary is empty'"],
    [PySet.from([1, 2]), "intersection", [[2, 3]], "{2}"],
    [10n ** 20n, "bit_length", [], "67"],
    [258, "to_bytes", [2, "little"], "b'\\x02\\x01'"],
    [new PyFloat(0.5), "as_integer_ratio", [], "(1, 2)"],
    [new PyFloat(5), "hex", [], "'0x1.4000000000000p+2'"],
    [new Range(0, 9, 3), "index", [6], "2"],
    [new Bytes(Uint8Array.of(97, 32, 98)), "split", [], "[b'a', b'b']"],
    [
      new Bytes(Uint8Array.of(255)),
      "decode",
      [],
      "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
    ],
    [
      new Bytes(Uint8Array.of(97)),
      "find",
      ["a"],
      "TypeError: argument should be integer or bytes-like object, not 'str'",
    ],
  ]);

  it("change the object in place", () => {
    const list: Value[] = ["b", "A"];
    call(list, "extend", [[1]]);
    call(list, "insert", [-1, 0]);
    call(list, "reverse");
    expect(repr(list)).toBe("[1, 0, 'A', 'b']");
    const dict = Dict.from([["a", 1]]);
    call(dict, "update", [[new Tuple(["b", 2])]], { c: 3 });
    call(dict, "setdefault", ["d"]);
    expect(repr(dict)).toBe("{'a': 1, 'b': 2, 'c': 3, 'd': None}");
  });
});

describe("names", () => {
  const values: Value[] = [
    "a",
    [],
    new Tuple([]),
    new Dict(),
    new PySet(),
    1,
    new PyFloat(1),
    null,
    true,
    new Bytes(new Uint8Array()),
  ];
  it("of JavaScript are nobody's attributes", () => {
    const names = [
      "constructor",
      "prototype",
      "__proto__",
      "toString",
      "hasOwnProperty",
      "length",
      "valueOf",
      "then",
      "self",
      "body",
    ];
    for (const value of values) for (const name of names) expect(attributeOf(value, name)).toBeUndefined();
  });
  it("lead only to what Python lets them lead to, whatever the arguments", () => {
    const names = [
      "split",
      "join",
      "format",
      "replace",
      "index",
      "pop",
      "update",
      "get",
      "center",
      "encode",
      "to_bytes",
      "sort",
    ];
    const argument: fc.Arbitrary<Value> = fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.integer({ min: -5, max: 5 }),
      fc.constant(null),
      fc.constant<Value[]>([1]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(argument, { maxLength: 3 }), (name, args) => {
        for (const value of ["a,{}b", [2, 1], Dict.from([["a", 1]]), 5])
          call(Array.isArray(value) ? [...value] : value, name, args);
      }),
    );
  });
});
