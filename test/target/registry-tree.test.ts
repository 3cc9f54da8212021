import { describe, expect, it } from "vitest";
import { RegistryNode } from "../../engine/target/registry-tree.js";

const text = (data: string) => ({ type: "REG_SZ", data });

describe("RegistryNode", () => {
  it("finds without regard to case and keeps the first spelling", () => {
    const root = new RegistryNode("");
    root.ensure("Software\\App").setValue("Name", text("1"));
    root.ensure("SOFTWARE\\app").setValue("NAME", text("2"));
    expect(root.snapshot(2)).toEqual({
      name: "",
      values: new Map(),
      subkeys: [
        {
          name: "Software",
          values: new Map(),
          subkeys: [{ name: "App", values: new Map([["Name", text("2")]]), subkeys: [] }],
        },
      ],
    });
  });

  it("cuts a snapshot at its depth and sorts it", () => {
    const root = new RegistryNode("");
    for (const name of ["b", "C", "a"]) root.ensure(`${name}\\deep`);
    expect(root.snapshot(1).subkeys.map(({ name, subkeys }) => [name, subkeys.length])).toEqual([
      ["a", 0],
      ["b", 0],
      ["C", 0],
    ]);
    expect(root.snapshot(0).subkeys).toEqual([]);
  });

  it("removes keys and values", () => {
    const root = new RegistryNode("");
    root.ensure("a\\b").setValue("x", text("1"));
    expect(root.find("A\\B")?.deleteValue("X")).toBe(true);
    expect(root.remove("A\\b")).toBe(true);
    expect(root.remove("a\\b")).toBe(false);
    expect(root.remove("")).toBe(false);
    expect(root.find("a")?.isEmpty).toBe(true);
  });
});
