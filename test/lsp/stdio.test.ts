import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { notifications, type Preview, type ServerOptions } from "../../server/protocol.js";
import { LspProcess } from "./client.js";

const broken =
  "tool:\n  1.10:\n    full_name: Tool\n    installer: https://example.com/tool.exe\n    install_flags: /S\n";
const mended = broken.replace("1.10", "'1.10'");
const codes = (diagnostics: readonly { readonly code?: unknown }[]) => diagnostics.map(({ code }) => code);

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

describe("winrepo lsp --stdio, as a process", () => {
  it("reports, follows a change, and ends with 0", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("tool.sls");
    server.open(uri, broken);
    expect(codes(await server.diagnostics(uri, 1))).toContain("version-not-string");
    server.change(uri, 2, mended);
    expect(codes(await server.diagnostics(uri, 2))).not.toContain("version-not-string");
    expect(await server.stop()).toBe(0);
  });

  it("publishes for the last of several quick changes, and nothing older after it", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("tool.sls");
    server.open(uri, broken);
    await server.diagnostics(uri, 1);
    for (let version = 2; version <= 20; version++) server.change(uri, version, `${broken}# ${version}\n`);
    server.change(uri, 21, mended);
    expect(codes(await server.diagnostics(uri, 21))).not.toContain("version-not-string");
    const versions = server.published.flatMap(({ version }) => version ?? []);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(versions.length).toBeLessThan(10);
    await server.stop();
  });

  it("sees a package that another file of the folder defines, open or not", async () => {
    await writeFile(path.join(folder, "a.sls"), mended);
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("b.sls");
    server.open(uri, mended);
    const found = await server.diagnostics(uri, 1, (all) => codes(all).includes("duplicate-package"));
    const duplicate = found.find(({ code }) => code === "duplicate-package");
    expect(duplicate?.relatedInformation?.[0]?.location.uri).toBe(uriOf("a.sls"));
    await server.stop();
  });

  it("leaves an ordinary state file alone, whichever language it has", async () => {
    const initializationOptions: ServerOptions = { notifications: [notifications.classified.method] };
    server = await LspProcess.start({ folders: [folder], initializationOptions });
    const state = "vim:\n  pkg.installed: []\n/etc/vimrc:\n  file.managed:\n    - source: salt://vimrc\n";
    const classified: { uri: string; definition: boolean }[] = [];
    server.connection.onNotification("winrepo/classified", (params) => void classified.push(params));
    server.open(uriOf("vim.sls"), state, "sls");
    server.open(uriOf("tool.sls"), broken, "yaml");
    await server.diagnostics(uriOf("tool.sls"), 1);
    expect(classified).toEqual([
      { uri: uriOf("vim.sls"), definition: false },
      { uri: uriOf("tool.sls"), definition: true },
    ]);
    expect(server.published.map(({ uri }) => uri)).not.toContain(uriOf("vim.sls"));
    await server.stop();
  });

  it("renders for a profile, and takes a quick fix as far as the text", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("tool.sls");
    server.open(uri, "tool:\n  '{{ grains.cpuarch }}':\n    full_name: Tool\n");
    const preview = await server.connection.sendRequest<Preview>("winrepo/preview", { uri, profile: "windows-x86" });
    expect(preview).toMatchObject({ profile: "windows-x86", version: 1, status: "ok", packages: 1, versions: 1 });
    expect(preview.text).toContain("'x86':");
    await server.stop();
  });

  it("answers hover, completion and symbols of a half-typed file", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("tool.sls");
    server.open(uri, "tool:\n  '1':\n    full_name: Tool\n    inst\n{{ grains.");
    const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
    const keys = await server.connection.sendRequest<{ label: string }[]>("textDocument/completion", at(3, 8));
    expect(keys.map(({ label }) => label)).toContain("install_flags");
    expect(keys.map(({ label }) => label)).not.toContain("full_name");
    const grains = await server.connection.sendRequest<{ label: string }[]>("textDocument/completion", at(4, 10));
    expect(grains.map(({ label }) => label)).toContain("cpuarch");
    const hover = await server.connection.sendRequest<{ contents: { value: string } }>("textDocument/hover", at(2, 6));
    expect(hover.contents.value).toContain("full_name");
    await server.stop();
  });

  it("takes all problems away when the setting says so, and brings them back", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("tool.sls");
    server.open(uri, broken);
    await server.diagnostics(uri, 1);
    const configure = (enabled: boolean) =>
      server.connection.sendNotification("workspace/didChangeConfiguration", {
        settings: { winrepo: { diagnostics: { enabled } } },
      });
    await configure(false);
    await server.diagnostics(uri, 1, (all) => all.length === 0);
    await configure(true);
    await server.diagnostics(uri, 1, (all) => all.length > 0);
    await server.stop();
  });

  it("looks again when a file that is not open changes on disk", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("b.sls");
    server.open(uri, mended);
    expect(codes(await server.diagnostics(uri, 1))).not.toContain("duplicate-package");
    const other = path.join(folder, "a.sls");
    const changed = (type: number) =>
      server.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: uriOf("a.sls"), type }],
      });
    await writeFile(other, mended);
    await changed(1);
    await server.diagnostics(uri, 1, (all) => codes(all).includes("duplicate-package"));
    const before = server.published.length;
    await rm(other);
    await changed(3);
    while (server.published.length === before) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(codes(server.published.at(-1)?.diagnostics ?? [])).not.toContain("duplicate-package");
    await server.stop();
  });

  it("shows what is wrong with the project file, and what its rules say", async () => {
    await writeFile(path.join(folder, ".winrepo.yaml"), "lint:\n  rules:\n    unknown-key: off\n    no-such: off\n");
    server = await LspProcess.start({ folders: [folder] });
    const uri = uriOf("tool.sls");
    server.open(uri, `${broken}    nokey: 1\n`);
    const shown = codes(await server.diagnostics(uri, 1));
    expect(shown).toContain("version-not-string");
    expect(shown).not.toContain("unknown-key");
    const [problem] = await server.diagnostics(uriOf(".winrepo.yaml"), undefined);
    expect(problem?.message).toContain("no-such");
    await server.stop();
  });

  it("ends when the editor's end of the pipe is gone", async () => {
    server = await LspProcess.start({ folders: [folder] });
    server.process.stdin?.end();
    expect(await server.exited).not.toBeNull();
  });

  it("takes a broken project file, a folder that is not there and bytes that are no text without stopping", async () => {
    await writeFile(path.join(folder, ".winrepo.yaml"), "profiles: [nowhere\n");
    await writeFile(path.join(folder, "latin.sls"), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    server = await LspProcess.start({ folders: [folder, path.join(folder, "missing")] });
    const uri = uriOf("tool.sls");
    server.open(uri, broken);
    expect(codes(await server.diagnostics(uri, 1))).toContain("version-not-string");
    expect(await server.stop()).toBe(0);
  });
});
