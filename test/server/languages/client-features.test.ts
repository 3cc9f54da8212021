import { describe, expect, it } from "vitest";
import { CancellationToken } from "vscode-languageserver-protocol";
import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver-types";
import { clientFeatures, markup } from "../../../server/languages/client-features.js";
import { codeActions } from "../../../server/languages/definition/code-actions.js";
import { completion } from "../../../server/languages/definition/completion.js";
import { documentSymbols } from "../../../server/languages/definition/document-symbol.js";
import { hover } from "../../../server/languages/definition/hover.js";
import { rename } from "../../../server/languages/jinja/rename.js";
import { plainClient } from "../clients.js";
import { documentOf, profiles, renderingsOf } from "./definition/rendered.js";
import { MemoryTemplates } from "./jinja/memory-templates.js";

const completionFacts = { profiles, templates: new MemoryTemplates({}) };
const noFacts = { renderings: [], templates: new MemoryTemplates({}) };
const definition = "tool:\n  '1':\n    full_name: Tool\n    \n";

describe("an editor that says nothing of what it can", () => {
  it("gets no snippet and no command in a completion", () => {
    const [whole] = completion(documentOf(""), 0, completionFacts, plainClient);
    expect(whole?.insertTextFormat).toBeUndefined();
    expect(whole?.insertText).toContain("    uninstaller: '%ProgramFiles%\\Name\\uninstall.exe'\n");
    expect(whole?.insertText).not.toContain("$");
    const keys = completion(documentOf(definition), definition.length - 1, completionFacts, plainClient);
    expect(keys.length).toBeGreaterThan(10);
    for (const { command, documentation } of keys) {
      expect(command).toBeUndefined();
      expect(documentation).toMatchObject({ kind: "plaintext" });
    }
  });

  it("gets its hover as plain text", () => {
    const document = documentOf(definition);
    const { contents } = hover(document, definition.indexOf("full_name"), noFacts, plainClient) ?? {};
    expect(contents).toMatchObject({ kind: "plaintext" });
    expect(JSON.stringify(contents)).not.toMatch(/\*\*|`/);
  });

  it("gets symbols as a list", () => {
    const [rendering] = renderingsOf(documentOf(definition));
    if (!rendering) throw new Error("there is no profile");
    const symbols: (DocumentSymbol | SymbolInformation)[] = documentSymbols(rendering, plainClient);
    expect(symbols).toMatchObject([
      { name: "tool", location: { uri: "file:///repo/tool.sls" } },
      { name: "1", containerName: "tool", location: { range: { start: { line: 1 } } } },
    ]);
    expect(symbols.some((symbol) => "children" in symbol)).toBe(false);
  });

  it("gets plain changes, and no code action that it could not take", async () => {
    const context = { files: noFacts.templates, client: plainClient, token: CancellationToken.None };
    const edit = await rename(documentOf("{% set a = 1 %}"), 7, "b", context);
    expect(Object.keys(edit ?? {})).toEqual(["changes"]);
    expect(
      codeActions(documentOf(definition), [], { range: { start: 0, end: 0 }, diagnostics: [] }, plainClient),
    ).toEqual([]);
  });
});

describe("what an editor says", () => {
  it("is read from its capabilities", () => {
    const client = clientFeatures(
      {
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
          hover: { contentFormat: ["markdown", "plaintext"] },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1] } },
        },
        workspace: { workspaceEdit: { documentChanges: true } },
      },
      ["editor.action.triggerSuggest"],
    );
    expect(client).toMatchObject({
      snippets: true,
      hoverMarkdown: true,
      completionMarkdown: true,
      hierarchicalSymbols: true,
      relatedInformation: true,
      diagnosticTags: [1],
      documentChanges: true,
    });
    expect(client.commands).toEqual(new Set(["editor.action.triggerSuggest"]));
  });
});

it.each([
  ["**Package**\n\n- `a_b*c`, *x*", "Package\n\n- a_b*c, x"],
  ["see [the page](https://e.org/x) of `` a`b ``", "see the page (https://e.org/x) of a`b"],
  ["# Title\n2 * 3 * 4", "Title\n2 * 3 * 4"],
])("%j reads %j as plain text", (markdown, plain) => {
  expect(markup(markdown, false)).toEqual({ kind: "plaintext", value: plain });
});
