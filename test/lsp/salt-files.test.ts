import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CodeAction, CompletionItem, Diagnostic, Hover } from "vscode-languageserver-protocol";
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

function uriOf(name: string): string {
  return pathToFileURL(path.join(folder, name)).href;
}

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

describe("Salt's configuration in the editor, over stdio", () => {
  it("reports, fixes, completes, explains, and takes its reports along when the file is closed", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("minion.d/repo.conf");
    server.open(uri, "win_repo: /srv/repo\nwinrepo_branch: main\nwinrepo_\n", "properties");
    const broken = await server.diagnostics(uri, 1);
    expect(broken).not.toEqual([]);
    const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
    const offered = await server.connection.sendRequest<CompletionItem[]>("textDocument/completion", at(2, 8));
    expect(offered.map(({ label }) => label)).toContain("winrepo_remotes_ng");

    server.change(uri, 2, "win_repo: /srv/repo\nwinrepo_branch: main\n");
    const diagnostics = await server.diagnostics(uri, 2);
    expect(codes(diagnostics)).toEqual(["salt-option-renamed"]);
    const range = { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } };
    const actions = await server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics },
    });
    expect(actions).toMatchObject([{ title: "Rename to 'winrepo_dir'", diagnostics }]);
    const hover = await server.connection.sendRequest<Hover>("textDocument/hover", at(1, 3));
    expect(hover.contents).toMatchObject({ value: expect.stringContaining("Default:") });

    await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    expect(await server.diagnostics(uri, undefined)).toEqual([]);
    expect(await server.stop()).toBe(0);
  });

  it("follows the project file, and leaves other YAML alone", async () => {
    await writeFile(path.join(folder, ".winrepo.yaml"), "salt:\n  master: etc/test.yaml\n");
    server = await LspProcess.start({ folders: [folder] });
    const text = "winrepo_sourc_dir: 1\n";
    server.open(uriOf("other.yaml"), text, "yaml");
    server.open(uriOf("etc/test.yaml"), text, "yaml");
    expect(codes(await server.diagnostics(uriOf("etc/test.yaml"), 1))).toEqual(["salt-option-unknown"]);
    expect(server.published.map(({ uri }) => uri)).not.toContain(uriOf("other.yaml"));
    await server.stop();
  });
});
