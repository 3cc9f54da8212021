import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CodeAction, CompletionItem, Hover, Location, WorkspaceEdit } from "vscode-languageserver-types";
import { atCursor } from "../server/cursor.js";
import { LspProcess } from "./client.js";

const lib = "{# Where a version lies. #}\n{% macro link(v, arch='x64') %}https://example.com/{{ v }}{% endmacro %}\n";
const definition = `\
{% from 'lib/lib.jinja' import link %}
tool:
  1.10:
    full_name: Tool {{ grains.cpuarch }}
    installer: {{ link(1) }}.exe
    install_flags: /S
`;

let folder: string;
let server: LspProcess;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "winrepo-lsp-"));
  await mkdir(path.join(folder, "lib"));
  await writeFile(path.join(folder, "lib/lib.jinja"), lib);
  await writeFile(path.join(folder, "other.sls"), definition.replace("tool:", "other:"));
});
afterEach(async () => {
  server.process.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
const places = (locations: readonly Location[]) =>
  locations.map(({ uri, range }) => `${path.basename(uri)}:${range.start.line}`).sort();

/** Opens a text with a cursor, and gives what a request about that place needs. */
async function open(name: string, marked: string, isChecked = name.endsWith(".sls")) {
  const { text, offset } = atCursor(marked);
  const before = text.slice(0, offset).split("\n");
  const uri = uriOf(name);
  server.open(uri, text, "plaintext");
  if (isChecked) await server.diagnostics(uri, 1);
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { textDocument: { uri }, position };
}

const ask = <Answer>(method: string, params: object) => server.connection.sendRequest<Answer>(method, params);

describe("the language features, asked as an editor does", () => {
  it("load what few templates ask for", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const value = "{{ {'a': '\\N{BULLET}'} | json_q█uery('a') ~ ('file.read' in salt) }}";
    const place = await open("tool.sls", definition.replace("Tool {{ grains.cpuarch }}", `Tool ${value}`));
    expect(JSON.stringify(await ask<Hover>("textDocument/hover", place))).toContain("•True");
  });

  it("lead through imports", async () => {
    server = await LspProcess.start({ folders: [folder] });
    // The scan of the folder finds who imports what.
    const other = await open("tool.sls", definition.replace("link(1)", "li█nk(1)"));
    expect(places(await ask("textDocument/definition", other))).toEqual(["lib.jinja:1"]);
    const references = () =>
      ask<Location[]>("textDocument/references", { ...other, context: { includeDeclaration: true } });
    await expect.poll(async () => (await references()).length, { timeout: 10_000 }).toBe(5);
    expect(places(await references())).toEqual([
      "lib.jinja:1",
      "other.sls:0",
      "other.sls:4",
      "tool.sls:0",
      "tool.sls:4",
    ]);
    const edit = await ask<WorkspaceEdit>("textDocument/rename", { ...other, newName: "url" });
    expect(edit.documentChanges).toHaveLength(3);
    await expect(ask("textDocument/rename", { ...other, newName: "not" })).rejects.toThrow("cannot be the name");
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it("explain, complete and mend", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const macro = await open("tool.sls", definition.replace("link(1)", "li█nk(1)"));
    const hover = await ask<Hover>("textDocument/hover", macro);
    expect(JSON.stringify(hover.contents)).toContain("Where a version lies.");
    const member = await open("b.sls", `${definition.replace("tool:", "b:")}    # {{ grains.█`);
    const items = await ask<CompletionItem[]>("textDocument/completion", member);
    expect(items.map(({ label }) => label)).toContain("osrelease");
    const version = { line: 2, character: 3 };
    const actions = await ask<CodeAction[]>("textDocument/codeAction", {
      textDocument: macro.textDocument,
      range: { start: version, end: version },
      context: { diagnostics: [] },
    });
    expect(actions.some(({ isPreferred, edit }) => isPreferred && edit?.documentChanges)).toBe(true);
    expect(await ask("textDocument/documentHighlight", macro)).toHaveLength(2);
    expect(await ask("textDocument/documentLink", macro)).toMatchObject([
      { target: uriOf("lib/lib.jinja") },
      { target: "https://example.com/1.exe" },
    ]);
    expect(await ask("textDocument/documentSymbol", macro)).toMatchObject([
      { name: "tool", children: [{ name: "1.1" }] },
    ]);
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it("are there for a macro file, which has problems once something imports it", async () => {
    server = await LspProcess.start({ folders: [folder] });
    await open("tool.sls", `█${definition}`);
    const macros = await open("lib/lib.jinja", `${lib}{{ v | █nosuch }}`);
    const found = await server.diagnostics(macros.textDocument.uri, 1);
    expect(found.map(({ code }) => code)).toEqual(["jinja-unknown-filter"]);
    expect(await ask("textDocument/documentSymbol", macros)).toMatchObject([{ name: "link" }]);
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it("answer an editor that says nothing of what it can as the first of editors understood it", async () => {
    server = await LspProcess.start({ folders: [folder], capabilities: {} });
    const macro = await open("tool.sls", definition.replace("link(1)", "li█nk(1)"), false);
    expect(await ask("textDocument/documentSymbol", macro)).toMatchObject([
      { name: "tool", location: {} },
      { name: "1.1", containerName: "tool" },
    ]);
    const edit = await ask<WorkspaceEdit>("textDocument/rename", { ...macro, newName: "url" });
    expect(Object.keys(edit)).toEqual(["changes"]);
    expect(await ask("textDocument/hover", macro)).toMatchObject({ contents: { kind: "plaintext" } });
    const items = await ask<CompletionItem[]>("textDocument/completion", {
      ...macro,
      position: { line: 6, character: 0 },
    });
    for (const item of items) expect(item).not.toHaveProperty("insertTextFormat", 2);
    await server.stop();
    expect(server.violations).toEqual([]);
  });
});
