import { describe, expect, it } from "vitest";
import type { CompletionItem } from "vscode-languageserver-types";
import { completion } from "../../../../server/languages/definition/completion.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { MemoryTemplates } from "../jinja/memory-templates.js";
import { documentOf, profiles } from "./rendered.js";

const facts = { profiles, templates: new MemoryTemplates({}) };

function itemsAt(marked: string): CompletionItem[] {
  const { text, offset } = atCursor(marked);
  return completion(documentOf(text), offset, facts, fullClient);
}

const labelsAt = (marked: string) => itemsAt(marked).map(({ label }) => label);

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

  it.each([
    ["an .msi", "installer: https://example.com/a.msi", "/qn /norestart"],
    ["an .exe", "installer: https://example.com/a-{{ v }}.exe", "/S"],
    ["what msiexec runs", "installer: https://example.com/a\n    msiexec: True", "/qn /norestart"],
  ])("puts what fits %s first", (_, beside, first) => {
    expect(labelsAt(`tool:\n  '1':\n    ${beside}\n    install_flags: █\n`)[0]).toBe(first);
  });

  it("puts the cursor within the quotes of a folder", () => {
    const folder = itemsAt("tool:\n  '1':\n    uninstaller: █\n").find(({ label }) => label === "%ProgramFiles%\\");
    expect(folder).toMatchObject({ insertText: "'%ProgramFiles%\\\\$0'", insertTextFormat: 2 });
  });

  it("offers a version below a package, written as the one above it", () => {
    const text = "tool:\r\n  '1.0':\r\n    full_name: Tool $1.0\r\n    msiexec: True\r\n  █\r\n";
    const [version, ...others] = itemsAt(text);
    expect(others).toEqual([]);
    expect(version).toMatchObject({
      label: "version",
      detail: "as 1.0 is written",
      insertTextMode: 1,
      insertText: `'\${1:1.0}':\r\n    full_name: \${2:Tool \\$1.0}\r\n    msiexec: \${3:True}`,
    });
  });

  it("offers a version with the usual keys where it is the first, or the one above is not plain", () => {
    expect(itemsAt("tool:\n  █")[0]?.insertText).toContain(`\n    uninstaller: \${5:'%ProgramFiles%\\\\Name`);
    const [version] = itemsAt("tool:\n  '1':\n    {% if a %}\n    msiexec: True\n    {% endif %}\n  █");
    expect(version?.insertText).toContain("install_flags");
  });

  it("offers no key where a version has to stand", () => {
    expect(labelsAt("tool:\n  '1':\n    full_name: Tool\n  inst█")).toEqual(["version"]);
    expect(labelsAt("tool:\n  inst█: x")).toEqual([]);
  });

  it("offers a whole definition at the margin, and nothing in a comment", () => {
    expect(labelsAt("█")).toEqual(["package definition"]);
    expect(labelsAt("  # inst█")).toEqual([]);
  });
});
