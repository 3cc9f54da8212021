import { describe, expect, it } from "vitest";
import { describeKey, keyDocumentation } from "../../engine/definition/key-docs.js";
import { allKeys, definitionKeys, findKey, mistakenKeys } from "../../engine/definition/keys.js";
import { checkType } from "../../engine/definition/type-check.js";
import { kindOf, type ValueKind } from "../../engine/definition/value-kind.js";
import { Dict, PyFloat, type Value } from "../../engine/value/types.js";
import { loadYaml } from "../../engine/yaml/index.js";

const samples: Record<ValueKind, Value> = {
  string: "x",
  boolean: true,
  integer: 1,
  float: new PyFloat(1.5),
  null: null,
  list: ["x"],
  mapping: new Dict(),
  bytes: "",
};

describe("the table of keys", () => {
  it("names every key once", () => {
    const names = allKeys.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([...definitionKeys, ...mistakenKeys].map(({ name }) => name));
  });

  it.each(definitionKeys)("$name has an example that is YAML of its own type", (key) => {
    const { data, problems } = loadYaml(key.example);
    expect(problems).toEqual([]);
    const value = data instanceof Dict ? data.get(key.name) : undefined;
    expect(value).toBeDefined();
    expect(key.types).toContain(kindOf(value as Value));
  });

  it.each(definitionKeys.filter(({ readBy }) => readBy.includes("install") || readBy.includes("remove")))(
    "$name says what happens to a value of every other type",
    (key) => {
      for (const kind of ["string", "boolean", "integer", "float", "null", "list", "mapping"] as const) {
        expect(key.types.includes(kind) || key.mismatches[kind] !== undefined, `${key.name}: ${kind}`).toBe(true);
      }
    },
  );

  it("speaks in sentences", () => {
    for (const key of allKeys) {
      const sentences = [
        key.summary,
        key.details,
        ...key.pitfalls,
        ...Object.values(key.mismatches).map((m) => m.effect),
      ];
      for (const sentence of sentences) expect(sentence).toMatch(/^([A-Z0-9`%]|pkg\.).*[.!]$/s);
    }
  });

  it("points from a mistaken key to one that exists", () => {
    for (const { meant } of mistakenKeys) if (meant !== undefined) expect(findKey(meant)).toBeDefined();
  });
});

describe("checkType", () => {
  it.each<[string, ValueKind, string | undefined]>([
    ["full_name", "string", undefined],
    ["full_name", "list", "refresh"],
    ["full_name", "mapping", "refresh"],
    ["full_name", "null", "wrong"],
    ["msiexec", "boolean", undefined],
    ["msiexec", "string", undefined],
    ["msiexec", "null", "call"],
    ["msiexec", "integer", "call"],
    ["install_flags", "list", "wrong"],
    ["install_flags", "integer", "harmless"],
    ["uninstaller", "mapping", "call"],
    ["cache_file", "list", "call"],
    ["cache_dir", "string", "wrong"],
    ["reboot", "string", undefined],
    ["no_such_key", "list", undefined],
  ])("%s with a %s: %s", (name, kind, harm) => {
    expect(checkType(name, samples[kind])?.harm).toBe(harm);
  });
});

describe("documentation of a key", () => {
  it("tells type, readers, default, pitfalls and an example", () => {
    expect(keyDocumentation("msiexec")).toMatch(
      /boolean or string · Read by `pkg.install`, `pkg.remove` · default `False`/,
    );
    expect(keyDocumentation("full_name")).toMatch(/required/);
    expect(keyDocumentation("use_scheduler")).toMatch(/since 2015\.8\.2/);
    expect(keyDocumentation("source_hash")).toMatch(/```yaml\nsource_hash: sha256=/);
    expect(keyDocumentation("arch")).toMatch(/Read by nobody/);
  });

  it("exists for mistakes, too, and for nothing else", () => {
    expect(keyDocumentation("installer_flags")).toMatch(/misspelling of `install_flags`/);
    expect(keyDocumentation("fullname")).toBeUndefined();
  });

  it("is never empty", () => {
    for (const key of allKeys) expect(describeKey(key).length).toBeGreaterThan(40);
  });
});
