import { describe, expect, it } from "vitest";
import { formatText } from "../../engine/installer/msi-formatted.js";

const values: { [name: string]: string } = { NAME: "App", NESTED: "NAME", DIR: "C:\\App\\", LOOP: "[LOOP]" };
const context = {
  property: (name: string) => values[name],
  environment: (name: string) => (name === "USER" ? "me" : undefined),
  file: (key: string) => (key === "exe" ? "C:\\App\\a.exe" : undefined),
  component: (key: string) => (key === "Main" ? "C:\\App\\" : undefined),
};

describe("formatText", () => {
  it.each([
    ["plain", "plain"],
    ["[NAME] 1", "App 1"],
    ["[MISSING]x", "x"],
    ["[[NESTED]]", "App"],
    ["[%USER]", "me"],
    ["[#exe] [!exe] [$Main]", "C:\\App\\a.exe C:\\App\\a.exe C:\\App\\"],
    ["[\\[]NAME[\\]]", "[NAME]"],
    ["{[NAME] and }[NAME]", "App and App"],
    ["{[MISSING] and }[NAME]", "App"],
    ["{no reference}", "{no reference}"],
    ["[not a name!]", "[not a name!]"],
    ["a[~]b", "a\0b"],
  ])("%s becomes %j", (text, expected) => {
    expect(formatText(text, context)).toBe(expected);
  });

  it("ends with a property that names itself", () => {
    expect(formatText("[LOOP]", context)).toBe("[LOOP]");
  });
});
