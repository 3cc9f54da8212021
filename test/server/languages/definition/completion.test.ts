import { describe, expect, it } from "vitest";
import { completion } from "../../../../server/languages/definition/completion.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { documentOf, profiles } from "./rendered.js";

function labelsAt(marked: string): string[] {
  const { text, offset } = atCursor(marked);
  return completion(documentOf(text), offset, profiles, fullClient).map(({ label }) => label);
}

describe("completion in a definition", () => {
  it("offers the keys that a version does not have yet", () => {
    const labels = labelsAt("tool:\n  '1':\n    full_name: Tool\n    inst█\n    msiexec: True\n");
    expect(labels).toContain("installer");
    expect(labels).not.toContain("full_name");
    expect(labels).not.toContain("msiexec");
  });

  it("counts keys beyond Jinja lines, but not those of another version", () => {
    const labels = labelsAt(
      "tool:\n  '1':\n    uninstaller: x\n  '2':\n    full_name: Tool\n    {% if a %}\n    █\n    {% endif %}\n    installer: x\n",
    );
    expect(labels).not.toContain("full_name");
    expect(labels).not.toContain("installer");
    expect(labels).toContain("uninstaller");
  });

  it("offers True and False for a switch, unquoted only", () => {
    expect(labelsAt("tool:\n  '1':\n    msiexec: █\n")).toEqual(expect.arrayContaining(["True", "False"]));
    expect(labelsAt("tool:\n  '1':\n    msiexec: '█'\n")).not.toContain("True");
  });

  it("offers silent flags by kind of installer", () => {
    expect(labelsAt("tool:\n  '1':\n    install_flags: █\n")).toEqual(expect.arrayContaining(["/qn /norestart", "/S"]));
  });

  it("offers a whole definition at the margin, and nothing in a comment", () => {
    expect(labelsAt("█")).toEqual(["package definition"]);
    expect(labelsAt("  # inst█")).toEqual([]);
  });
});
