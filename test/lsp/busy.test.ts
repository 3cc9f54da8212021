import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { LspProcess } from "./client.js";

// Templates that take all that they may use: the editor's own requests are answered, and the server can be ended.

const folder = mkdtempSync(path.join(tmpdir(), "winrepo-busy-"));
const heavy = (name: string) =>
  `{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}\n${name}:\n  '1.0':\n    full_name: App\n    installer: https://example.com/a.exe\n    install_flags: /S\n`;
for (let index = 0; index < 40; index += 1) writeFileSync(path.join(folder, `heavy-${index}.sls`), heavy(`p${index}`));
const small = "tool:\n  1.10:\n    full_name: Tool\n";

let server: LspProcess;
afterEach(() => server.process.kill("SIGKILL"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function busyServer(): Promise<string> {
  server = await LspProcess.start({ folders: [folder] });
  const uri = pathToFileURL(path.join(folder, "open.sls")).href;
  server.open(uri, heavy("open"));
  return uri;
}

describe("a server that renders heavy templates", { timeout: 60_000 }, () => {
  it("says of the open one that Winrepo stopped, at its full limit", async () => {
    const uri = await busyServer();
    const found = await server.diagnostics(uri, 1);
    expect(found.map(({ code }) => code)).toContain("jinja-budget");
    expect(found.find(({ code }) => code === "jinja-budget")?.message).toContain("2,000,000 steps");
  });

  it("answers about another document meanwhile", async () => {
    await busyServer();
    const other = pathToFileURL(path.join(folder, "small.sls")).href;
    server.open(other, small);
    const found = await server.diagnostics(other, 1);
    expect(found.map(({ code }) => code)).toContain("version-not-string");
  });

  it("ends when its input ends", async () => {
    await busyServer();
    const other = pathToFileURL(path.join(folder, "small.sls")).href;
    server.open(other, small);
    await server.diagnostics(other, 1);
    server.process.stdin?.on("error", () => undefined);
    server.process.stdin?.destroy();
    expect(await server.exited).not.toBeNull();
  });

  it.skipIf(process.platform === "win32")("ends at a signal", async () => {
    await busyServer();
    server.process.kill("SIGTERM");
    await server.exited;
    expect(server.process.signalCode ?? server.process.exitCode).not.toBeNull();
  });
});
