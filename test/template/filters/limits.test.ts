import { describe, expect, it } from "vitest";
import { Dict, PyFloat, Tuple, type Value } from "../../../engine/value/types.js";
import { apply } from "./apply.js";

const long = "a".repeat(1_000_000);

/** A list that prints as two to the sixtieth power of items. */
function shared(): Value {
  let value: Value[] = [1, 1];
  for (let level = 0; level < 60; level += 1) value = [value, value];
  return value;
}

/** Lists in one another, deeper than any stack. */
function deep(): Value {
  let value: Value[] = [];
  for (let level = 0; level < 100_000; level += 1) value = [value];
  return value;
}

describe("filters that are asked for too much end with the budget", () => {
  it.each<[string, Value, Value[]]>([
    ["center", "a", [10 ** 9]],
    ["indent", "a", [10 ** 9]],
    ["format", "%999999999d", [1]],
    ["format", "%.999999999f", [new PyFloat(1)]],
    ["replace", long, ["a", "b".repeat(1000)]],
    ["join", new Array<Value>(100_000).fill(1), ["x".repeat(1000)]],
    ["batch", [1], [10 ** 9, "x"]],
    ["slice", [1], [10 ** 9]],
    ["wordwrap", "-".repeat(100_000), [5]],
    ["regex_match", "a".repeat(60), ["(a+)+b"]],
    ["regex_search", "a".repeat(60), ["(.*a){25}b"]],
    ["regex_replace", "a".repeat(10_000), ["a", "b".repeat(10_000)]],
    ["network_hosts", "::/0", []],
    ["permutations", new Array<Value>(100).fill(1), []],
    ["combinations", new Array<Value>(1000).fill(1), [500]],
    ["product", [1], []],
    ["unique", new Array<Value>(10_000).fill(null).map((_, index) => [index]), []],
    ["tojson", shared(), []],
    ["pprint", shared(), []],
    ["json_query", shared(), ["@"]],
    ["json_encode_list", shared(), []],
    ["xml", Dict.from([["r", shared()]]), []],
    ["json_query", [1], [`to_string([@,@])${"|to_string([@,@])".repeat(60)}`]],
    ["yaml_squote", long.repeat(3), []],
    ["int", "f".repeat(100_000), [0, 16]],
  ])("%s", (name, value, args) => {
    const kwargs = name === "product" ? { repeat: 10 ** 8 } : {};
    expect(apply(name, value, args, kwargs)).toMatch(/^BudgetError: /);
  });

  it.each(["tojson", "yaml", "pprint", "flatten"])("%s of what nests too deeply is an error of Python's", (name) => {
    let result: string;
    try {
      result = apply(name, deep(), []);
    } catch (error) {
      // The renderer reports an overflow of the stack as Python's RecursionError.
      result = error instanceof RangeError ? "RecursionError" : String(error);
    }
    expect(result).toMatch(/^RecursionError/);
  });

  it("refuses a key that grows without end", () => {
    let tuple = new Tuple([1, 1]);
    for (let level = 0; level < 60; level += 1) tuple = new Tuple([tuple, tuple]);
    expect(apply("unique", [tuple], [])).toMatch(/^BudgetError: /);
  });
});
