import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CodeAction, CompletionItem, DocumentSymbol, WorkspaceEdit } from "vscode-languageserver-protocol";
import { LspProcess } from "./client.js";

let folder: string;
let server: LspProcess;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "winrepo-lsp-"));
});
afterEach(async () => {
  server.process.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
const definition = "{% set a = '1' %}\ntool:\n  '{{ a }}':\n    full_name: Tool\n    installer: salt://a.exe\n";
const at = (uri: string, line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

describe("an editor that says of nothing that it can", () => {
  it("gets neither notifications beyond LSP nor versions", async () => {
    server = await LspProcess.start({ folders: [folder], capabilities: {} });
    const unknown: string[] = [];
    server.connection.onUnhandledNotification(({ method }) => void unknown.push(method));
    server.open(uriOf("tool.sls"), definition.replace("'{{ a }}'", "1.10"));
    expect(await server.diagnostics(uriOf("tool.sls"), undefined)).not.toEqual([]);
    await server.connection.sendRequest("winrepo/select", { profile: "windows-x86" });
    expect(unknown).toEqual([]);
    await server.stop();
  });

  it("gets edits without versions, flat symbols, and completions without snippets and commands", async () => {
    server = await LspProcess.start({ folders: [folder], capabilities: {} });
    const uri = uriOf("tool.sls");
    server.open(uri, definition);
    const ask = <Result>(method: string, params: object) => server.connection.sendRequest<Result>(method, params);
    const renamed = await ask<WorkspaceEdit>("textDocument/rename", { ...at(uri, 2, 6), newName: "b" });
    expect(Object.keys(renamed)).toEqual(["changes"]);
    const symbols = await ask<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument: { uri } });
    expect(symbols.length).toBeGreaterThan(0);
    for (const symbol of symbols) expect(symbol).toHaveProperty("location");
    for (const place of [at(uri, 5, 0), at(uri, 3, 4)]) {
      const items = await ask<CompletionItem[]>("textDocument/completion", place);
      expect(items.filter(({ insertTextFormat, command }) => insertTextFormat === 2 || command)).toEqual([]);
    }
    await server.stop();
  });
});

describe("a text with a byte order mark and lines that end with CR LF", () => {
  it("is changed behind the mark, with such lines", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("tool.sls");
    server.open(uri, "\ufefftool:\r\n  '1.10':\r\n    full_name: Tool\r\n    nokey: 1\r\n");
    const diagnostics = await server.diagnostics(uri, 1, (all) => all.length > 0);
    const { range } = diagnostics.find(({ code }) => code === "unknown-key") ?? { range: undefined };
    const actions = await server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics },
    });
    const off = actions.find(({ title }) => title === "Disable unknown-key for this file");
    expect(off?.edit?.documentChanges).toMatchObject([
      {
        edits: [
          {
            range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } },
            newText: "# winrepo-lint: disable-file unknown-key\r\n",
          },
        ],
      },
    ]);
    await server.stop();
  });
});

it("a view of an older version is no second definition, and has no diagnostics", async () => {
  const text = definition.replace("'{{ a }}'", "'1'");
  await writeFile(path.join(folder, "tool.sls"), text);
  server = await LspProcess.start({ folders: [folder] });
  const uri = uriOf("tool.sls");
  const view = `${uri.replace("file:", "git:")}?%7B%22ref%22%3A%22~%22%7D`;
  server.open(view, text);
  server.open(uri, text);
  await server.diagnostics(uri, 1);
  // Another look at everything, after the view has had its turn.
  server.open(uriOf("z.sls"), text);
  const found = await server.diagnostics(uriOf("z.sls"), 1, (all) =>
    all.some(({ code }) => code === "duplicate-package"),
  );
  expect(JSON.stringify(found)).not.toContain("git:");
  expect(server.published.map((each) => each.uri)).not.toContain(view);
  expect(JSON.stringify(server.published.filter((each) => each.uri === uri))).not.toContain("duplicate-package");
  await server.stop();
});
