import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { requests } from "../../server/protocol.js";
import { LspProcess } from "./client.js";

// The order and the form of messages, over the wire, against the server that is shipped.

let folder: string;
let server: LspProcess;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "winrepo-lsp-"));
});
afterEach(async () => {
  server.process.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const notInitialized = -32002;
const invalidRequest = -32600;
const invalidParams = -32602;
const methodNotFound = -32601;
const cancelled = -32800;

const definition = "{% set a = '1' %}\ntool:\n  '{{ a }}':\n    full_name: Tool\n";
const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
const initialize = { processId: process.pid, rootUri: null, capabilities: {} };

/** The code of the error that a request is answered with. */
async function codeOf(method: string, params?: object): Promise<number | undefined> {
  try {
    await (params ? server.connection.sendRequest(method, params) : server.connection.sendRequest(method));
    return undefined;
  } catch (error) {
    return (error as { readonly code: number }).code;
  }
}

describe("the order of messages", () => {
  it("refuses every request before initialize, and goes on", async () => {
    server = new LspProcess({});
    expect(await codeOf("textDocument/hover", {})).toBe(notInitialized);
    expect(await codeOf("winrepo/profiles", {})).toBe(notInitialized);
    expect(await codeOf("no/such")).toBe(notInitialized);
    expect(await codeOf("shutdown")).toBe(notInitialized);
    server.open(uriOf("early.sls"), "tool:\n  1.0:\n    full_name: Tool\n");
    expect(await codeOf("initialize", initialize)).toBeUndefined();
    server.open(uriOf("tool.sls"), "tool:\n  1.0:\n    full_name: Tool\n");
    await server.diagnostics(uriOf("tool.sls"), undefined);
    expect(server.published.map(({ uri }) => uri)).not.toContain(uriOf("early.sls"));
    expect(await server.stop()).toBe(0);
  });

  it("refuses a second initialize, and every request after shutdown", async () => {
    server = await LspProcess.start({ folders: [folder] });
    expect(await codeOf("initialize", initialize)).toBe(invalidRequest);
    expect(await codeOf("shutdown")).toBeUndefined();
    expect(await codeOf("shutdown")).toBe(invalidRequest);
    expect(await codeOf("initialize", initialize)).toBe(invalidRequest);
    expect(await codeOf("textDocument/hover", {})).toBe(invalidRequest);
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(0);
  });

  it("ends with 1 on exit without shutdown, and when its input ends", async () => {
    server = await LspProcess.start();
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(1);
    server = await LspProcess.start();
    server.process.stdin?.end();
    expect(await server.exited).toBe(1);
  });

  it("ends when the process that initialize names is gone, with its input still open", async () => {
    const editor = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
    server = new LspProcess({});
    await server.connection.sendRequest("initialize", { ...initialize, processId: editor.pid });
    editor.kill("SIGKILL");
    expect(await server.exited).toBe(1);
  });

  it("goes on after bytes that are no message", async () => {
    server = new LspProcess({});
    const nonsense = ["Content-Length: 5\r\n\r\n{abc}", "Content-Length: 4\r\n\r\nnull", "Content-Length: 2\r\n\r\n[]"];
    for (const bytes of nonsense) server.process.stdin?.write(bytes);
    expect(await codeOf("initialize", initialize)).toBeUndefined();
    await server.stop();
  });

  it("says what it does not know", async () => {
    server = await LspProcess.start();
    expect(await codeOf("textDocument/inlayHint", {})).toBe(methodNotFound);
    await server.stop();
  });
});

describe("the form of parameters", () => {
  const textDocument = { uri: "file:///tool.sls" };
  const position = { line: 0, character: 0 };
  const range = { start: position, end: position };

  const malformed: [string, object?][] = [
    ["textDocument/hover"],
    ["textDocument/hover", [textDocument, position]],
    ["textDocument/hover", { position }],
    ["textDocument/hover", { textDocument, position: { line: -1, character: 0 } }],
    ["textDocument/completion", { textDocument, position: { line: 0, character: 1.5 } }],
    ["textDocument/definition", { textDocument: { uri: 5 }, position }],
    ["textDocument/references", { textDocument, position }],
    ["textDocument/documentHighlight", { textDocument, position: { line: "0", character: 0 } }],
    ["textDocument/prepareRename", { textDocument }],
    ["textDocument/rename", { textDocument, position }],
    ["textDocument/rename", { textDocument, position, newName: null }],
    ["textDocument/documentSymbol", {}],
    ["textDocument/codeAction", { textDocument, range }],
    ["textDocument/codeAction", { textDocument, range: { start: position }, context: { diagnostics: [] } }],
    ["workspace/executeCommand", { arguments: [] }],
    ["winrepo/preview", { profile: "windows-amd64" }],
    ["winrepo/mapToSource", { uri: textDocument.uri, profile: "windows-amd64", line: -1 }],
    ["winrepo/packages", {}],
  ];

  it("of requests are looked at", async () => {
    server = await LspProcess.start();
    for (const [method, params] of malformed)
      expect([method, params, await codeOf(method, params)]).toEqual([method, params, invalidParams]);
    await server.stop();
  });

  it("of initialize are looked at, too, and a right one may follow", async () => {
    server = new LspProcess({});
    expect(await codeOf("initialize", { ...initialize, capabilities: null })).toBe(invalidParams);
    expect(await codeOf("initialize", { ...initialize, workspaceFolders: [{}] })).toBe(invalidParams);
    expect(await codeOf("initialize", { ...initialize, initializationOptions: { trusted: "no" } })).toBe(invalidParams);
    expect(await codeOf("initialize", initialize)).toBeUndefined();
    await server.stop();
  });

  it("of notifications are looked at, too: a malformed one changes nothing", async () => {
    server = await LspProcess.start({ folders: [folder] });
    const logged: string[] = [];
    server.connection.onNotification("window/logMessage", ({ message }) => void logged.push(message));
    const uri = uriOf("tool.sls");
    const send = (method: string, params: unknown) => server.connection.sendNotification(method, params);
    await send("textDocument/didOpen", { textDocument: { uri } });
    await send("textDocument/didOpen", undefined);
    await send("textDocument/didChange", { textDocument: { uri, version: null }, contentChanges: [] });
    await send("workspace/didChangeWorkspaceFolders", { event: { added: [{}], removed: [] } });
    await send("workspace/didChangeWatchedFiles", { changes: [null] });
    await send("$/cancelRequest", {});
    await send("window/workDoneProgress/cancel", {});
    server.open(uri, definition);
    await server.diagnostics(uri, 1);
    expect(logged.join("\n")).toContain("params.textDocument.languageId must be a string");
    await server.stop();
  });
});

it("answers a request that is cancelled in its queue as cancelled, whichever it is", async () => {
  server = await LspProcess.start({ folders: [folder] });
  const uri = uriOf("tool.sls");
  server.open(uri, definition);
  await server.diagnostics(uri, 1);
  const at = { textDocument: { uri }, position: { line: 2, character: 7 } };
  const start = { line: 0, character: 0 };
  const all: [string, object][] = [
    ["textDocument/hover", at],
    ["textDocument/completion", at],
    ["textDocument/definition", at],
    ["textDocument/references", { ...at, context: { includeDeclaration: true } }],
    ["textDocument/documentHighlight", at],
    ["textDocument/prepareRename", at],
    ["textDocument/rename", { ...at, newName: "b" }],
    ["textDocument/documentSymbol", { textDocument: { uri } }],
    [
      "textDocument/codeAction",
      { textDocument: { uri }, range: { start, end: start }, context: { diagnostics: [], only: ["quickfix"] } },
    ],
    [requests.preview.method, { uri }],
    [requests.profiles.method, {}],
  ];
  // It reads again when all of it was sent: each request meets its cancellation in the queue.
  server.process.kill("SIGSTOP");
  const codes = all.map(async ([method, params]) => {
    const cancellation = new CancellationTokenSource();
    const answer = server.connection.sendRequest(method, params, cancellation.token).then(
      () => "answered",
      ({ code }: { code: number }) => code,
    );
    cancellation.cancel();
    return answer;
  });
  await server.connection.sendNotification("$/setTrace", { value: "off" });
  server.process.kill("SIGCONT");
  expect(await Promise.all(codes)).toEqual(all.map(() => cancelled));
  await server.stop();
});
