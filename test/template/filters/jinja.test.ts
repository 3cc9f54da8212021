import { describe, expect, it } from "vitest";
import { Undefined } from "../../../engine/template/runtime.js";
import { Markup } from "../../../engine/value/markup.js";
import { Dict, PyFloat, PySet, Tuple, type Value } from "../../../engine/value/types.js";
import { FakeContext } from "../context.js";
import { apply, type FilterCase } from "./apply.js";

const float = (value: number) => new PyFloat(value);
const tuple = (...items: Value[]) => new Tuple(items);
const dict = (pairs: { [key: string]: Value }) => Dict.from(Object.entries(pairs));
const missing = new Undefined({ name: "missing" });
const people = [dict({ n: "b", v: 2 }), dict({ n: "a", v: 1 }), dict({ n: "c", v: 1 })];

function check(cases: readonly FilterCase[]): void {
  cases.forEach(([name, value, args, expected, kwargs], index) => {
    it(`${name} ${index + 1}: ${expected}`, () => expect(apply(name, value, args, kwargs)).toBe(expected));
  });
}

// Expected results are those of Jinja 3.1.6 on CPython 3.11.
describe("filters on text", () =>
  check([
    ["capitalize", "hELLO", [], "'Hello'"],
    ["center", "a", [4], "' a  '"],
    ["escape", "<a&'\"", [], "Markup('&lt;a&amp;&#39;&#34;')"],
    ["escape", new Markup("<"), [], "Markup('<')"],
    ["forceescape", new Markup("<"), [], "Markup('&lt;')"],
    ["format", "%s-%05.1f", ["a", float(2.25)], "'a-002.2'"],
    ["format", "%(a)s", [], "'1'", { a: 1 }],
    [
      "format",
      "%s",
      [1],
      "FilterArgumentError: can't handle positional and keyword arguments at the same time",
      { a: 1 },
    ],
    ["indent", "a\nb\n\nc", [2], "'a\\n  b\\n\\n  c'"],
    ["indent", "a\nb", ["> ", true], "'> a\\n> b'"],
    ["indent", "a\n\nb", [], "'a\\n \\n b'", { width: 1, blank: true }],
    ["indent", 5, [], "TypeError: unsupported operand type(s) for +=: 'int' and 'str'"],
    ["lower", "ÀB", [], "'àb'"],
    ["upper", null, [], "'NONE'"],
    ["replace", "aaa", ["a", "b", 2], "'bba'"],
    ["replace", "a", ["", "-"], "'-a-'"],
    ["replace", "a", ["b"], "TypeError: do_replace() missing 1 required positional argument: 'new'"],
    ["string", float(1), [], "'1.0'"],
    ["striptags", "<p>a  <!-- <b> -->&lt;b\n</p>", [], "'a <b'"],
    ["title", "foo-bar (baz's)", [], '"Foo-Bar (Baz\'s)"'],
    ["trim", " x ", [], "'x'"],
    ["trim", "xxaxx", ["x"], "'a'"],
    ["truncate", "abc def ghi jkl", [9], "'abc...'"],
    ["truncate", "abcdefghijk", [5], "'ab...'", { killwords: true, leeway: 0 }],
    ["truncate", "abc", [2], "AssertionError: expected length >= 3, got 2"],
    ["urlencode", "a b/ü?", [], "'a%20b/%C3%BC%3F'"],
    ["urlencode", dict({ a: 1, b: "x y" }), [], "'a=1&b=x+y'"],
    ["urlencode", [1], [], "TypeError: cannot unpack non-iterable int object"],
    ["wordcount", "a b-c d'e", [], "5"],
    ["wordwrap", "a long sentence here", [8], "'a long\\nsentence\\nhere'"],
    ["wordwrap", "hyphen-ated aaaaaaaaa", [7], "'hyphen-\\nated aa\\naaaaaaa'"],
    ["wordwrap", "aaaaaaaaa b", [4, false], "'aaaaaaaaa\\nb'"],
    ["wordwrap", "a", [0], "ValueError: invalid width 0 (must be > 0)"],
    ["xmlattr", dict({ a: 1, b: null, c: "<" }), [], '\' a="1" c="&lt;"\''],
    ["xmlattr", dict({ "a b": 1 }), [], "ValueError: Invalid character in attribute name: 'a b'"],
    [
      "urlize",
      "see (https://x.org/?a&b), me@x.org.",
      [],
      '\'see (<a href="https://x.org/?a&amp;b" rel="noopener">https://x.org/?a&amp;b</a>), <a href="mailto:me@x.org">me@x.org</a>.\'',
    ],
    [
      "pprint",
      dict({ b: "x".repeat(50), a: "y".repeat(30) }),
      [],
      `"{'a': '${"y".repeat(30)}',\\n 'b': '${"x".repeat(50)}'}"`,
    ],
  ]));

describe("filters on numbers", () =>
  check([
    ["abs", -3, [], "3"],
    ["abs", 1, [2], "TypeError: abs() takes exactly one argument (2 given)"],
    ["int", " 42 ", [], "42"],
    ["int", "42.9", [], "42"],
    ["int", "x", [7], "7"],
    ["int", "0x1A", [0, 16], "26"],
    ["int", [], [], "0"],
    ["int", missing, [], "UndefinedError: 'missing' is undefined"],
    ["float", "1e3", [], "1000.0"],
    ["float", "x", [], "0.0"],
    ["round", float(2.5), [], "2.0"],
    ["round", float(2.675), [2], "2.67"],
    ["round", 1250, [-2], "1200"],
    ["round", float(2.341), [2, "ceil"], "2.35"],
    ["round", "a", [], "TypeError: type str doesn't define __round__ method"],
    ["sum", [1, float(2.5)], [], "3.5"],
    ["sum", people, ["v", 10], "14"],
    ["sum", ["a"], [], "TypeError: unsupported operand type(s) for +: 'int' and 'str'"],
    ["filesizeformat", 1500, [], "'1.5 kB'"],
    ["filesizeformat", 1024, [true], "'1.0 KiB'"],
    ["filesizeformat", 1, [], "'1 Byte'"],
  ]));

describe("filters on sequences", () =>
  check([
    ["batch", [1, 2, 3], [2, "x"], "[[1, 2], [3, 'x']]"],
    ["slice", [1, 2, 3, 4, 5], [2], "[[1, 2, 3], [4, 5]]"],
    ["slice", [1], [0], "ZeroDivisionError: integer division or modulo by zero"],
    ["dictsort", dict({ b: 1, A: 2 }), [], "[('A', 2), ('b', 1)]"],
    ["dictsort", dict({ b: 1, a: 2 }), [false, "value"], "[('b', 1), ('a', 2)]"],
    ["dictsort", "a", [], "AttributeError: 'str' object has no attribute 'items'"],
    ["first", "é😀", [], "'é'"],
    ["last", tuple(1, 2), [], "2"],
    ["last", PySet.from([1]), [], "TypeError: 'set' object is not reversible"],
    ["join", [1, null, true], ["-"], "'1-None-True'"],
    ["join", people, [], "'b|a|c'", { d: "|", attribute: "n" }],
    ["reverse", "é😀", [], "'😀é'"],
    ["reverse", [1, 2], [], "[2, 1]"],
    ["reverse", 5, [], "FilterArgumentError: argument must be iterable"],
    ["sort", ["b", "A", "c"], [], "['A', 'b', 'c']"],
    ["sort", people, [], "[{'n': 'a', 'v': 1}, {'n': 'c', 'v': 1}, {'n': 'b', 'v': 2}]", { attribute: "v,n" }],
    ["sort", [1, "a"], [], "TypeError: '<' not supported between instances of 'str' and 'int'"],
    ["sort", [], [1, 2, 3, 4], "TypeError: do_sort() takes from 2 to 5 positional arguments but 6 were given"],
    ["groupby", people, ["v"], "[(1, [{'n': 'a', 'v': 1}, {'n': 'c', 'v': 1}]), (2, [{'n': 'b', 'v': 2}])]"],
    ["items", dict({ a: 1 }), [], "[('a', 1)]"],
    ["items", null, [], "TypeError: Can only get item pairs from a mapping."],
    ["length", 5, [], "TypeError: object of type 'int' has no len()"],
    ["list", dict({ a: 1 }), [], "['a']"],
    ["list", 5, [], "TypeError: 'int' object is not iterable"],
  ]));

describe("filters that apply others", () =>
  check([
    ["map", ["1", "x"], ["int"], "[1, 0]"],
    ["map", people, [], "[2, 1, 1]", { attribute: "v" }],
    ["map", people, [], "['-', '-', '-']", { attribute: "q", default: "-" }],
    ["map", [1], [], "FilterArgumentError: map requires a filter argument"],
    ["map", [1], ["nope"], "TemplateRuntimeError: No filter named 'nope'."],
    ["select", [0, 1, "", "a"], [], "[1, 'a']"],
    ["select", [1, 2, 3], ["gt", 1], "[2, 3]"],
    ["reject", [1, 2, 3], ["odd"], "[2]"],
    ["selectattr", people, ["v", "eq", 1], "[{'n': 'a', 'v': 1}, {'n': 'c', 'v': 1}]"],
    ["rejectattr", people, ["n", "in", ["a", "b"]], "[{'n': 'c', 'v': 1}]"],
    ["selectattr", [1], [], "FilterArgumentError: Missing parameter for attribute name"],
    ["attr", dict({ a: 1 }), ["a"], "Undefined"],
    ["default", missing, ["d"], "'d'"],
    ["default", "", ["d"], "''"],
    ["default", "", ["d", true], "'d'"],
  ]));

describe("autoescape", () => {
  it("is what makes filters escape what they put together", () => {
    const context = new FakeContext(true);
    expect(apply("join", ["<", new Markup("<b>")], ["&"], {}, context)).toBe("Markup('&lt;&amp;<b>')");
    expect(apply("replace", new Markup("<a>"), ["a", "<"], {}, context)).toBe("Markup('<&lt;>')");
    expect(apply("xmlattr", dict({ a: "<" }), [], {}, context)).toBe("Markup(' a=\"&lt;\"')");
  });
});
