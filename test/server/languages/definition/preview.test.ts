import { describe, expect, it } from "vitest";
import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import { documentSymbols } from "../../../../server/languages/definition/document-symbol.js";
import { lineToSource, preview, sourceToLines } from "../../../../server/languages/definition/preview.js";
import { fullClient } from "../../clients.js";
import { documentOf, renderingsOf } from "./rendered.js";

const source = `\
{% for version in ['1.1', '1.0'] -%}
{% if loop.first %}tool:{% endif %}
  '{{ version }}':
    full_name: Tool {{ version }}
{% endfor %}`;
const document = documentOf(source);
const [rendering] = renderingsOf(document);
if (!rendering) throw new Error("there is no profile");
const lines = rendering.rendered.rendered.split("\n");
const lineOf = (text: string) => lines.findIndex((line) => line.includes(text));

describe("the preview", () => {
  it("counts packages and versions, and knows its profile", () => {
    expect(preview(rendering, ["windows-amd64"])).toMatchObject({
      profile: "windows-amd64",
      status: "ok",
      packages: 1,
      versions: 2,
      problems: [],
    });
  });

  it("leads from a rendered line to what made it", () => {
    expect(lineToSource(rendering, lineOf("Tool 1.0"))).toEqual({
      start: { line: 3, character: 4 },
      end: { line: 3, character: 33 },
    });
    expect(lineToSource(rendering, 999)).toBeUndefined();
  });

  it("leads from the source to every line that it made", () => {
    const offset = source.indexOf("full_name");
    expect(sourceToLines(rendering, { start: offset, end: offset + 4 })).toEqual([
      lineOf("Tool 1.1"),
      lineOf("Tool 1.0"),
    ]);
  });

  it("leads from a loop's item to the lines that show it", () => {
    const offset = source.indexOf("'1.0'");
    expect(sourceToLines(rendering, { start: offset + 1, end: offset + 4 })).toEqual([
      lineOf("'1.0'"),
      lineOf("Tool 1.0"),
    ]);
  });

  it("keeps the text that came before an error, with the error", () => {
    const [failed] = renderingsOf(documentOf("tool:\n  '1':\n    full_name: {{ nowhere }}\n"));
    if (!failed) throw new Error("there is no profile");
    const shown = preview(failed, []);
    expect(shown.status).toBe("error");
    expect(shown.text).toContain("tool:\n  '1':\n");
    expect(shown.problems).toMatchObject([{ severity: "error", range: { start: { line: 2 } } }]);
    expect(shown.messages[0]).toContain("nowhere");
  });
});

describe("document symbols", () => {
  it("lists what a file without packages gives to others", () => {
    const [library] = renderingsOf(
      documentOf("{% macro link(v, arch) %}{% endmacro %}{% set base = 1 %}{% set _own = 2 %}"),
    );
    if (!library) throw new Error("there is no profile");
    expect(documentSymbols(library, fullClient)).toMatchObject([
      { name: "link", detail: "(v, arch)", kind: SymbolKind.Function },
      { name: "base", kind: SymbolKind.Variable },
    ]);
  });

  it("lists packages with their versions at the items of the loop", () => {
    const [tool] = documentSymbols(rendering, fullClient) as DocumentSymbol[];
    expect(tool).toMatchObject({ name: "tool", detail: "2 versions" });
    expect(tool?.children?.map(({ name, detail }) => [name, detail])).toEqual([
      ["1.1", "Tool 1.1"],
      ["1.0", "Tool 1.0"],
    ]);
    expect(
      tool?.children?.map(({ range }) => document.lines.startOf(range.start.line) + range.start.character),
    ).toEqual([source.indexOf("'1.1'"), source.indexOf("'1.0'")]);
  });
});
