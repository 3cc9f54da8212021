import { describe, expect, it } from "vitest";
import { type ConditionContext, evaluateCondition, propertiesOf } from "../../engine/installer/msi-condition.js";

const properties: { [name: string]: string } = { VersionNT: "603", Edition: "Pro", ZERO: "0", Empty: "", Flags: "6" };
const context: ConditionContext = {
  property: (name) => properties[name],
  environment: (name) => (name === "TEMP" ? "C:\\Temp" : undefined),
  state: (kind, name) => (name === "Main" ? (kind === "&" || kind === "$" ? 3 : 2) : undefined),
};

describe("evaluateCondition", () => {
  it.each([
    ["", true],
    ["VersionNT", true],
    ["Missing", false],
    ["Empty", false],
    ["ZERO", true],
    ["0", false],
    ["1", true],
    ["NOT Missing", true],
    ["not Missing and VersionNT", true],
    ["VersionNT >= 601", true],
    ["VersionNT >= 1000", false],
    ["VersionNT > 99", true],
    ["Missing < 5", false],
    ["Missing <> 5", true],
    ["Edition = 5", false],
    ['Edition = "Pro"', true],
    ['Edition = "pro"', false],
    ['Edition ~= "pro"', true],
    ['edition = "Pro"', false],
    ['Edition << "P"', true],
    ['Edition >> "ro"', true],
    ['Edition >< "r"', true],
    ['Edition ~<< "p"', true],
    ["Flags >< 2", true],
    ["Flags >< 1", false],
    ['Missing = ""', true],
    ['%TEMP = "C:\\Temp"', true],
    ["%NOPE", false],
    ["&Main = 3", true],
    ["!Main = 2 AND $Main = 3", true],
    ["&Unknown = 3", false],
    ["VersionNT OR Missing AND Missing", true],
    ["(VersionNT OR Missing) AND Missing", false],
    ["VersionNT XOR Edition", false],
    ["Missing IMP VersionNT", true],
    ["VersionNT EQV Missing", false],
    ['REMOVE~="ALL" OR NOT Installed', true],
    ["VersionNT >=", false],
    ["(VersionNT", false],
    ["VersionNT)", false],
    ["VersionNT ; Edition", false],
  ])("%s is %s", (condition, expected) => {
    expect(evaluateCondition(condition, context)).toBe(expected);
  });

  it("survives deep nesting", () => {
    expect(evaluateCondition(`${"(".repeat(20_000)}1${")".repeat(20_000)}`, context)).toBe(false);
    expect(evaluateCondition(`${"NOT ".repeat(20_000)}1`, context)).toBe(false);
  });

  it("names the properties it reads", () => {
    expect(propertiesOf('NETFX45 >= "#378389" OR (NOT Installed)')).toEqual(["NETFX45", "Installed"]);
  });
});
