// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Windows variables
import { describe, expect, it } from "vitest";
import { expandVariables } from "../../../engine/pkg/plan/expand-variables.js";

const values: { readonly [name: string]: string } = { X: "ex", "ProgramFiles(x86)": "C:\\PF86", a_b: "ab" };
const expand = (text: string) => expandVariables(text, async (name) => values[name]);

// Measured with Python 3.11's ntpath.expandvars.
describe("os.path.expandvars on Windows", () => {
  it.each([
    ["%X%\\u.exe", "ex\\u.exe"],
    ["%ProgramFiles(x86)%\\a", "C:\\PF86\\a"],
    ["$X/${X}", "ex/ex"],
    ["$a_b.", "ab."],
    ["%NOPE% $NOPE ${NOPE}", "%NOPE% $NOPE ${NOPE}"],
    ["100%", "100%"],
    ["100% $X", "100% $X"],
    ["%%X%%", "%X%"],
    ["$$X", "$X"],
    ["'%X%' %X%", "'%X%' ex"],
    ["it's %X%", "it's %X%"],
    ["${X", "${X"],
    ["$", "$"],
    ["{GUID}", "{GUID}"],
  ])("%s → %s", async (text, expanded) => {
    expect(await expand(text)).toBe(expanded);
  });
});
