import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { loadProject } from "../../engine/config/project-loader.js";
import { ProjectState } from "../../engine/state/project-state.js";
import { rememberTrust } from "../../engine/state/trust.js";
import { serveExamples } from "../../scripts/serve-examples.mjs";
import { type CommandOutcome, type PackageSummary, serverCommands } from "../../server/protocol.js";
import { LspProcess } from "./client.js";

const examples = path.resolve(import.meta.dirname, "../../examples");

let installers: { readonly port: number; close(): void };
let folder: string;
let server: LspProcess;

beforeAll(async () => {
  installers = await serveExamples(0);
});
afterAll(() => installers.close());

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "winrepo-lsp-commands-"));
  await cp(examples, folder, { recursive: true });
  await pointTo(installers.port);
  server = await LspProcess.start({ folders: [folder], initializationOptions: { trusted: true } });
});
afterEach(async () => {
  server.process.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** The examples name a port; every test has its own. */
async function pointTo(port: number): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => each.endsWith(".sls"))) {
    const file = path.join(folder, name);
    await writeFile(file, (await readFile(file, "utf8")).replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`));
  }
}

const run = (command: string, argument: object) =>
  server.connection.sendRequest<CommandOutcome>("workspace/executeCommand", { command, arguments: [argument] });
const target = "simulated";
const hello = { target, name: "hello", version: "1.0.0" };

describe("commands on the simulated machine, over stdio", () => {
  it("refreshes, installs, lists and removes", async () => {
    const titles: string[] = [];
    server.connection.onNotification("$/progress", ({ value }: { value: { title?: string } }) => {
      if (value.title) titles.push(value.title);
    });
    const refreshed = await run(serverCommands.refresh, { target });
    expect(refreshed.summary).toContain("2 packages with 3 versions");
    const packages = await server.connection.sendRequest<PackageSummary[]>("winrepo/packages", { target });
    expect(packages).toContainEqual({ name: "hello", versions: ["1.1.0", "1.0.0"], fullName: "Hello (x64)" });

    const installed = await run(serverCommands.install, hello);
    expect(installed).toMatchObject({ ok: true, result: { hello: { new: "1.0.0", old: "" } } });
    expect((await run(serverCommands.list, { target })).result).toMatchObject({ hello: "1.0.0" });
    const removed = await run(serverCommands.remove, hello);
    expect(removed).toMatchObject({ ok: true, result: { hello: { new: "", old: "1.0.0" } } });
    expect((await run(serverCommands.list, { target })).result).not.toHaveProperty("hello");
    expect(titles).toContain("Installing hello 1.0.0 on simulated");
    expect(await server.stop()).toBe(0);
  });

  it("proposes what the definition should say when the installer registers something else", async () => {
    const file = path.join(folder, "hello.sls");
    await writeFile(file, (await readFile(file, "utf8")).replace("Hello (x64)", "Hallo"));
    const outcome = await run(serverCommands.install, hello);
    expect(outcome.ok).toBe(false);
    expect(outcome.corrections).toMatchObject([{ newText: "Hello (x64)", uri: expect.stringContaining("hello.sls") }]);
  });

  it("answers for a package or a target that is not there", async () => {
    expect(await run(serverCommands.install, { ...hello, name: "nothing" })).toMatchObject({ ok: false });
    const unknown = await run(serverCommands.list, { target: "moon" });
    expect(unknown).toMatchObject({ ok: false, summary: expect.stringContaining("There is no target moon") });
  });

  it("can be cancelled while a download hangs, and lets the target go", async () => {
    let wake = () => {};
    const asked = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const silent: Server = createServer(() => wake());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    try {
      await pointTo((silent.address() as AddressInfo).port);
      const cancellation = new CancellationTokenSource();
      const request = server.connection.sendRequest<CommandOutcome>(
        "workspace/executeCommand",
        { command: serverCommands.install, arguments: [hello] },
        cancellation.token,
      );
      await asked;
      cancellation.cancel();
      await expect(request).rejects.toThrow("Cancelled");
      await pointTo(installers.port);
      expect(await run(serverCommands.install, hello)).toMatchObject({ ok: true });
    } finally {
      silent.close();
      silent.closeAllConnections();
    }
  });
});

describe("a client that says nothing of trust", () => {
  beforeEach(async () => {
    server.process.kill("SIGKILL");
    server = await LspProcess.start({ folders: [folder] });
  });

  it("is not trusted, until it says so", async () => {
    await expect(run(serverCommands.list, { target })).rejects.toThrow("in a folder that you do not trust");
    expect(await server.connection.sendRequest("winrepo/packages", { target })).toEqual([]);
    await server.connection.sendNotification("winrepo/trusted", null);
    expect((await run(serverCommands.list, { target })).ok).toBe(true);
  });

  it("has the projects that the person named with `winrepo trust`", async () => {
    const { config, text } = loadProject(folder);
    rememberTrust({ root: folder, file: config.file, text }, new ProjectState(folder));
    expect((await run(serverCommands.list, { target })).ok).toBe(true);
  });

  it("is shown nothing from outside of its folder", async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), "winrepo-lsp-outside-"));
    await writeFile(path.join(outside, "secret.jinja"), "{% set word = 'open sesame' %}");
    await writeFile(path.join(folder, ".winrepo.yaml"), `fileRoots: ['${outside}']\n`);
    server.process.kill("SIGKILL");
    server = await LspProcess.start({ folders: [folder] });
    const uri = pathToFileURL(path.join(folder, "x.sls")).href;
    const source = "{% from 'secret.jinja' import word %}\nx:\n  '1.0':\n    full_name: {{ word }}\n";
    const previewed = async () => {
      await server.diagnostics(uri, 1);
      const preview = await server.connection.sendRequest<{ text: string }>("winrepo/preview", { uri });
      return preview.text;
    };
    server.open(uri, source);
    expect(await previewed()).not.toContain("open sesame");
    const file = pathToFileURL(path.join(folder, ".winrepo.yaml")).href;
    const [first] = await server.diagnostics(file, undefined, (found) => found.length > 0);
    expect(first?.message).toContain("it counts only when you trust this project");
    await rm(outside, { recursive: true });
  });
});
