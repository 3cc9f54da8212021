import { describe, expect, it } from "vitest";
import { processDefinition } from "../../engine/render/process-definition.js";
import { fromJson, toJson } from "../../engine/value/convert.js";
import { Dict, type Json, PyFloat, type Value } from "../../engine/value/types.js";

const process = (json: Json) => processDefinition(fromJson(json));
const dict = (...pairs: [Value, Value][]) => Dict.from(pairs);

describe("processDefinition", () => {
  it("takes packages and maps full names", () => {
    const { status, repo, nameMap } = process({ a: { "1.0": { full_name: "A" } }, b: {} });
    expect(status).toBe("ok");
    expect(toJson(repo)).toEqual({ a: { "1.0": { full_name: "A" } }, b: {} });
    expect(toJson(nameMap)).toEqual({ A: "a" });
  });

  it.each<[Value]>([[null], [0], [""], [false], [[]], [new Dict()], [new PyFloat(0)]])(
    "counts %j as an empty file",
    (data) => {
      expect(processDefinition(data)).toMatchObject({ status: "ok", messages: [] });
    },
  );

  it.each<[Json]>([["text"], [["a"]], [7]])("refuses the root %j", (data) => {
    expect(process(data)).toMatchObject({ status: "error", messages: ["Compiled contents, not a dictionary/hash "] });
  });

  it("names each version that is no text, and goes on", () => {
    const result = processDefinition(
      dict(["a", dict([new PyFloat(1.1), dict()], [2019, dict()], [true, dict()], [null, dict()])]),
    );
    expect(result.status).toBe("error");
    expect(result.messages).toEqual(
      ["1.1", "2019", "True", "None"].map((v) => `package 'a', version number ${v} is not a string`),
    );
    expect(result.repo.size).toBe(0);
  });

  it("refuses a version that is no mapping", () => {
    expect(process({ a: { "1.0": "foo" } }).messages).toEqual([
      "package 'a', repo data for version number 1.0 is not defined as a dictionary",
    ]);
  });

  it.each<[Json, string, string]>([
    [{ a: null }, "AttributeError: 'NoneType' object has no attribute 'items'", "package-without-versions"],
    [{ a: "x" }, "AttributeError: 'str' object has no attribute 'items'", "package-not-mapping"],
    [{ a: ["x"] }, "AttributeError: 'list' object has no attribute 'items'", "package-not-mapping"],
    [{ a: { "1": { installer: "x" } } }, "KeyError: 'full_name'", "missing-full-name"],
    [{ a: { "1": { full_name: [] } } }, "TypeError: unhashable type: 'list'", "full-name-type"],
    [{ a: { "1": { full_name: {} } } }, "TypeError: unhashable type: 'OrderedDict'", "full-name-type"],
  ])("says where Salt's refresh dies: %j", (data, message, code) => {
    const result = process(data);
    expect(result).toMatchObject({ status: "abort", messages: [message] });
    expect(result.places).toMatchObject([{ package: "a", code }]);
  });

  it("stops at a package that another file defined, so a later crash does not happen", () => {
    const data = fromJson({ a: { "1": { full_name: "A" } }, b: { "1": { full_name: "B" } }, c: null });
    expect(processDefinition(data, (name) => name === "b")).toMatchObject({
      status: "error",
      messages: ["package 'b' already defined"],
    });
  });
});
