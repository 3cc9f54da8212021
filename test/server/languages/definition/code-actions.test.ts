import { describe, expect, it } from "vitest";
import type { Finding, Fix } from "../../../../engine/lint/finding.js";
import { applyEdits } from "../../../../engine/lint/fix.js";
import { codeActions } from "../../../../server/languages/definition/code-actions.js";
import { DefinitionDocument } from "../../../../server/languages/definition/document.js";
import type { CodeActionRequest } from "../../../../server/languages/language-service.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";

function finding(text: string, at: string, more: Partial<Finding> = {}): Finding {
  const start = text.indexOf(at);
  return {
    file: "a.sls",
    code: "version-not-string",
    severity: "error",
    message: "A message.",
    salt: "",
    range: { start, end: start + at.length },
    profiles: [],
    everyProfile: true,
    related: [],
    suggestions: [],
    ...more,
  };
}

function quote(text: string, at: string): Fix {
  const start = text.indexOf(at);
  return { title: `Quote ${at}`, edits: [{ range: { start, end: start + at.length }, newText: `'${at}'` }] };
}

/** The actions at the cursor, with the text that each would make. */
function actionsAt(
  marked: string,
  findings: (text: string) => Finding[],
  more: Partial<CodeActionRequest> = {},
): Map<string, string> {
  const { text, offset } = atCursor(marked);
  const document = new DefinitionDocument("file:///a.sls", "a.sls", 3, text);
  const request = { range: { start: offset, end: offset }, diagnostics: [], ...more };
  return new Map(
    codeActions(document, findings(text), request, fullClient).map(({ title, edit }) => {
      const edits = edit?.documentChanges?.flatMap((change) => ("edits" in change ? change.edits : [])) ?? [];
      const spans = edits.map((each) => {
        if (!("newText" in each)) throw new Error("a plain edit was expected");
        const at = (position: { line: number; character: number }) =>
          document.lines.startOf(position.line) + position.character;
        return { range: { start: at(each.range.start), end: at(each.range.end) }, newText: each.newText };
      });
      return [title, applyEdits(text, spans)];
    }),
  );
}

describe("code actions", () => {
  const source = "a:\n  1.1█0:\n    full_name: A\n  2.10:\n    full_name: B\n";
  const both = (text: string) =>
    ["1.10", "2.10"].map((version) => finding(text, version, { fix: quote(text, version) }));

  it("offers the fix, the same fix for the whole file, and the off switches", () => {
    const actions = actionsAt(source, both);
    expect([...actions.keys()]).toEqual([
      "Quote 1.10",
      "Fix all 2 problems of version-not-string in this file",
      "Disable version-not-string for this line",
      "Disable version-not-string for this file",
    ]);
    expect(actions.get("Quote 1.10")).toContain("  '1.10':\n");
    expect(actions.get("Fix all 2 problems of version-not-string in this file")).toMatch(/'1\.10'[\s\S]*'2\.10'/);
  });

  it("puts the switch above the line, with its indentation", () => {
    expect(actionsAt(source, both).get("Disable version-not-string for this line")).toMatch(
      /^a:\n {2}# winrepo-lint: disable-next-line version-not-string\n {2}1\.10:\n/,
    );
  });

  it("adds to a switch that is there already", () => {
    const text = "a:\n  # winrepo-lint: disable-next-line http-url\n  1.1█0:\n";
    const actions = actionsAt(text, (plain) => [finding(plain, "1.10")]);
    expect(actions.get("Disable version-not-string for this line")).toBe(
      "a:\n  # winrepo-lint: disable-next-line http-url version-not-string\n  1.10:\n",
    );
  });

  it("keeps the line with the renderers first", () => {
    const actions = actionsAt("#!jinja|yaml\na:\n  1.█10:\n", (text) => [finding(text, "1.10")]);
    expect(actions.get("Disable version-not-string for this file")).toMatch(
      /^#!jinja\|yaml\n# winrepo-lint: disable-file/,
    );
  });

  it.each([
    ["within a tag of several lines", "{% set a = {\n  'x': 1█.10,\n} %}\n"],
    ["within a block of text", "a:\n  '1':\n    uninstaller: |\n      1.█10\n"],
  ])("offers no switch for one line %s", (_, marked) => {
    const actions = actionsAt(marked, (text) => [finding(text, "1.10")]);
    expect([...actions.keys()]).toEqual(["Disable version-not-string for this file"]);
  });

  it("fixes everything on source.fixAll, and nothing else is offered then", () => {
    const actions = actionsAt(source, both, { only: ["source.fixAll"] });
    expect([...actions]).toEqual([
      ["Fix all winrepo problems", "a:\n  '1.10':\n    full_name: A\n  '2.10':\n    full_name: B\n"],
    ]);
  });

  it("says nothing where no finding is", () => {
    expect(actionsAt("a:█\n  1.10:\n", (text) => [finding(text, "1.10")]).size).toBe(0);
  });
});
