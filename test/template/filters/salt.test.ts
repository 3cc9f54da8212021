import { describe, expect, it } from "vitest";
import { NotRunError } from "../../../engine/template/runtime.js";
import { Bytes, Dict, OrderedDict, PyFloat, Tuple, type Value } from "../../../engine/value/types.js";
import { FakeContext } from "../context.js";
import { apply, type FilterCase } from "./apply.js";

const tuple = (...items: Value[]) => new Tuple(items);
const dict = (pairs: { [key: string]: Value }) => Dict.from(Object.entries(pairs));

function check(cases: readonly FilterCase[]): void {
  cases.forEach(([name, value, args, expected, kwargs], index) => {
    it(`${name} ${index + 1}: ${expected}`, () => expect(apply(name, value, args, kwargs)).toBe(expected));
  });
}

describe("answers of Salt 3007.16", () =>
  check([
    ["to_snake_case", "HTTPServer2B", [], "'http_server2b'"],
    ["to_snake_case", ["b", "A"], [], "'b_a'"],
    ["to_snake_case", "", [], "IndexError: string index out of range"],
    ["flatten", [dict({ k: 1 }), dict({ j: 2 }), tuple(3)], [], "['k', 'j', 3]"],
    ["flatten", [[1]], ["a"], "TypeError: '>=' not supported between instances of 'str' and 'int'"],
    ["flatten", [1], ["a"], "[1]"],
    ["exactly_n_true", [1], ["a"], "TypeError: 'str' object cannot be interpreted as an integer"],
    ["exactly_n_true", [0], [-1], "True"],
    ["is_iter", "a", ["a"], "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"],
    ["is_iter", "a", [], "False"],
    ["compare_dicts", dict({ a: 1 }), [], "TypeError: argument of type 'NoneType' is not iterable"],
    ["compare_dicts", null, [], "{}"],
    ["json_encode_list", ["a"], ["x"], "LookupError: unknown encoding: x"],
    ["json_encode_list", ["ä"], ["ascii", "ignore"], "[b'']"],
    ["json_encode_list", ["ä"], ["ascii", "strict", true], "['ä']"],
    ["compress", 12, ["a"], "TypeError: 'int' object is not iterable"],
  ]));

describe("text, numbers, truth", () =>
  check([
    ["regex_search", "abcdefabcdef", ["BC(.*)"], "('defabcdef',)", { ignorecase: true }],
    ["regex_search", "abc", ["b"], "('b',)"],
    ["regex_match", "abc", ["b"], "None"],
    ["regex_replace", "yes, this is a TEST", [" ([a-z])", "__\\1"], "'yes,__this__is__a__TEST'", { ignorecase: true }],
    ["regex_replace", 5, ["a", "b"], "TypeError: expected string or bytes-like object, got 'int'"],
    ["regex_escape", "a.b-c", [], "'a\\\\.b\\\\-c'"],
    ["to_bool", "Yes", [], "True"],
    ["to_bool", -1, [], "False"],
    ["to_bool", tuple(1), [], "False"],
    ["to_bool", [0], [], "True"],
    ["to_num", "1.50", [], "1.5"],
    ["uuid", "random", [], "'3652b285-26ad-588e-a5dc-c2ee65edc804'"],
    ["quote", "it's", [], "'\\'it\\'\"\\'\"\\'s\\''"],
    ["human_to_bytes", "32GB", [], "32000000000", { handle_metric: true }],
    ["human_to_bytes", "1.5K", [], "1536"],
    ["is_hex", "0xabcd", [], "True"],
    ["contains_whitespace", "ab cd", [], "True"],
    ["to_snake_case", "camelsWillLoveThis", [], "'camels_will_love_this'"],
    ["to_camelcase", "snake_case_wins", [], "'snakeCaseWins'"],
    ["to_camelcase", "snake_case", [], "'SnakeCase'", { uppercamel: true }],
    ["mac_str_to_bytes", "00:11:22:33:44:55", [], "b'\\x00\\x11\"3DU'"],
    ["strftime", 1457456400, ["%d.%m.%Y %H:%M"], "'08.03.2016 17:00'"],
    ["strftime", "2002-12-25", [], "'2002-12-25'"],
    ["strftime", "soon", [], "ValueError: Unable to parse soon"],
    ["md5", "random", [], "'7ddf32e17a6ac5ce04a8ecbf782ca509'"],
    ["base64_encode", "random", [], "'cmFuZG9t'"],
    ["base64_decode", "Z2V0IHNhbHRlZA==", [], "'get salted'"],
    ["base64_decode", "YQ", [], "Error: Incorrect padding"],
    ["hmac", "get salted", ["shared secret", "eBWf9bstXg+NiP5AOwppB5HMvZiYMPzEM9W5YMm/AmQ="], "True"],
  ]));

describe("lists and dicts", () =>
  check([
    ["union", [1, 2], [[2, 3]], "[1, 2, 3]"],
    ["difference", tuple(1, 2), [tuple(2)], "{1}"],
    ["symmetric_difference", [1, 2, 3], [[2, 4]], "[1, 3, 4]"],
    ["avg", [1, 2], [], "1.5"],
    ["min", ["b", "A", "a"], [], "'A'"],
    ["max", ["b", "A"], [], "'b'"],
    ["min", dict({ b: 1, a: 2 }), [], "'a'"],
    [
      "max",
      [dict({ n: 1 })],
      [],
      "TypeError: lst_max() got an unexpected keyword argument 'attribute'",
      { attribute: "n" },
    ],
    ["max", [1, "a"], [], "TypeError: '>' not supported between instances of 'str' and 'int'"],
    ["max", [1], [1], "TypeError: lst_max() takes 1 positional argument but 2 were given"],
    ["min", "", [], "ValueError: min() arg is an empty sequence"],
    ["unique", ["a", "A", "a"], [], "['a', 'A']"],
    ["unique", [[1], [1], 2], [], "[[1], 2]"],
    ["unique", tuple(1, 1), [], "{1}"],
    ["unique", tuple(1, [2]), [], "TypeError: unhashable type: 'list'"],
    ["unique", [1], [true], "TypeError: unique() takes 1 positional argument but 2 were given"],
    ["union", tuple(1, [2]), [tuple(3)], "TypeError: unhashable type: 'list'"],
    ["compare_lists", [1, 2, 3], [[1, 2, 4]], "{'new': [4], 'old': [3]}"],
    ["compare_dicts", dict({ a: 1 }), [dict({ a: 2 })], "{'a': {'old': 1, 'new': 2}}"],
    ["exactly_n_true", ["yes", 0, false, "True"], [2], "True"],
    ["flatten", [3, [4, [2]]], [], "[3, 4, [2]]", { levels: 1 }],
    ["is_iter", "a", [], "False"],
    ["sequence", "a", [], "['a']"],
    ["sorted_ignorecase", ["B", "a"], [], "['a', 'B']"],
    ["check_whitelist_blacklist", "web01", [], "True", { whitelist: ["web*"] }],
    ["check_whitelist_blacklist", "web01", [], "False", { blacklist: "web\\d+" }],
    ["substring_in_list", "ab", [["xaby"]], "True"],
    ["traverse", dict({ a: [dict({ b: 1 }), 2] }), ["a:1"], "2"],
    ["traverse", Dict.from([[1, "x"]]), ["1"], "'x'"],
    ["traverse", dict({ a: 1 }), ["a:b", "d"], "'d'"],
    ["set_dict_key_value", new Dict(), ["a.b", 1], "{'a': {'b': 1}}", { delimiter: "." }],
    ["append_dict_key_value", dict({ a: [1] }), ["a", 2], "{'a': [1, 2]}"],
    [
      "append_dict_key_value",
      dict({ a: 1 }),
      ["a", 2],
      "SaltInvocationError: The last key contains a <class 'int'>, which cannot append.",
    ],
    ["to_entries", dict({ a: 1 }), [], "[{'key': 'a', 'value': 1}]"],
    ["from_entries", [dict({ Name: "a", Value: 1 })], [], "{'a': 1}"],
    ["json_encode_dict", dict({ a: "Д" }), [], "{b'a': b'\\xd0\\x94'}"],
    ["method_call", [1, 2, 1], ["index", 1, 1], "2"],
    ["method_call", "a", ["nope"], "None"],
    ["method_call", "a", ["__class__"], "None"],
    ["path_join", "C:\\a\\", ["b", "\\c"], "'C:\\\\a\\\\b\\\\c'"],
    ["combinations", "ABC", [2], "[('A', 'B'), ('A', 'C'), ('B', 'C')]"],
    ["permutations", "AB", [], "[('A', 'B'), ('B', 'A')]"],
    ["product", "AB", ["x"], "[('A', 'x'), ('B', 'x')]"],
    ["zip_longest", "AB", ["x"], "[('A', 'x'), ('B', '-')]", { fillvalue: "-" }],
    ["compress", "ABC", [[1, 0, 1]], "['A', 'C']"],
  ]));

describe("json_query", () => {
  check([
    ["json_query", [1, [2]], ["[]"], "[1, 2]"],
    ["json_query", dict({ m: [dict({ n: "a", up: true }), dict({ n: "b", up: false })] }), ["m[?up].n"], "['a']"],
    ["json_query", dict({ a: 1 }), ["constructor"], "None"],
    ["json_query", dict({ a: 1 }), ["__proto__"], "None"],
    ["json_query", [1], [`[@,@]${"|[@,@]".repeat(60)}`], "BudgetError: The query's answer would be too large."],
  ]);
  it("says what is wrong with a query", () => expect(apply("json_query", [1], ["[?"])).toMatch(/^ParseError: /));
});

describe("networks", () =>
  check([
    ["is_ip", "192.168.0.1", [], "True"],
    ["is_ip", "192.168.0.256", [], "False"],
    ["is_ipv6", "fe80::", [], "True"],
    ["is_ip", "192.168.0.1", [], "False", { options: "loopback" }],
    ["ipaddr", ["192.168.0.1", "foo", "FE80:0::"], [], "['192.168.0.1', 'fe80::']"],
    ["ipv4", "10.0.0.1/255.0.0.0", [], "'10.0.0.1/8'"],
    ["ipwrap", ["192.0.2.1", "2001:db8::1/64", "x"], [], "['192.0.2.1', '[2001:db8::1]/64', 'x']"],
    ["ip_host", "192.168.0.1/28", [], "'192.168.0.1/28'"],
    ["network_hosts", "192.168.0.1/30", [], "['192.168.0.1', '192.168.0.2']"],
    ["network_size", "192.168.0.1/8", [], "16777216"],
    [
      "network_hosts",
      "10.0.0.1/8",
      [],
      "BudgetError: The template makes values of more than 20,000,000 characters or items.",
    ],
    ["filter_by_networks", ["10.1.1.1", "1.1.1.1"], [["10.0.0.0/8"]], "['10.1.1.1']"],
  ]));

describe("formats", () =>
  check([
    [
      "tojson",
      dict({ b: "<é'>", a: [1, new PyFloat(1), null] }),
      [],
      '\'{"b": "\\\\u003c\\\\u00e9\\\\u0027\\\\u003e", "a": [1, 1.0, null]}\'',
    ],
    ["tojson", dict({ b: 1, a: 2 }), [], '\'{\\n  "a": 2,\\n  "b": 1\\n}\'', { indent: 2, sort_keys: true }],
    ["tojson", new Bytes(new Uint8Array()), [], "TypeError: Object of type bytes is not JSON serializable"],
    ["json", dict({ b: "é", a: 1 }), [], 'Markup(\'{"a": 1, "b": "é"}\')'],
    ["yaml", dict({ b: "true", a: [1, null] }), [], "Markup(\"{a: [1, null], b: 'true'}\")"],
    [
      "yaml",
      OrderedDict.from([
        ["b", 1],
        ["a", 2],
      ]),
      [false],
      "Markup('b: 1\\na: 2')",
    ],
    ["yaml", "a", [], "Markup('a')"],
    ["dict_to_sls_yaml_params", dict({ name: "x", ok: true }), [], "Markup('- name: x\\n- ok: true')"],
    ["yaml_encode", 'a"b', [], '\'"a\\\\"b"\''],
    ["yaml_encode", new PyFloat(1.5), [], "'1.5'"],
    ["yaml_encode", [1], [], "TypeError: yaml_encode() only works with YAML scalar data; failed for <class 'list'>"],
    ["yaml_squote", "it's", [], "\"'it''s'\""],
    ["yaml_dquote", "é\n", [], "'\"\\\\xE9\\\\n\"'"],
    ["load_yaml", "{a: 1.10, b: 010}", [], "{'a': 1.1, 'b': 10}"],
    ["load_json", '{"a": [1, 2.0]}', [], "{'a': [1, 2.0]}"],
    ["load_json", "{", [], "TemplateRuntimeError: Unable to load json from {"],
    ["python", tuple("a", 1), [], "Markup(\"('a', 1)\")"],
    [
      "xml",
      dict({ r: dict({ a: 1, b: dict({ c: [1, 2], d: "<" }) }) }),
      [],
      'Markup(\'<?xml version="1.0" ?>\\n<r a="1">\\n <b d="&lt;">\\n  <c>1</c>\\n  <c>2</c>\\n </b>\\n</r>\\n\')',
    ],
  ]));

describe("filters that are never run", () => {
  it.each([
    "http_query",
    "dns_check",
    "file_hashsum",
    "list_files",
    "which",
    "get_uid",
    "gen_mac",
    "random_hash",
    "rand_str",
  ])("%s says why", (name) => expect(() => new FakeContext().callFilter(name, "x")).toThrow(NotRunError));
});
