// Writes the code that V8 makes of the language server's bundle beside it, as server/launcher.ts reads it. The server runs
// until it has checked the examples, so that the functions which that needs are in it, too.
// `node scripts/code-cache.mjs dist/server-main.cjs`
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Script } from "node:vm";

const [bundle, mode] = process.argv.slice(2);
const timeLimitMs = 60_000;

if (mode === "--stdio") beTheServer(path.resolve(bundle));
else await beTheEditor();

function beTheServer(file) {
  const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: file });
  process.on("exit", () => writeFileSync(`${file}.cache`, script.createCachedData()));
  script.runInThisContext()({}, createRequire(file), { exports: {} }, file, path.dirname(file));
}

async function beTheEditor() {
  const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)(
    "vscode-languageserver-protocol/node",
  );
  const examples = path.join(path.dirname(fileURLToPath(import.meta.url)), "../examples");
  const files = readdirSync(examples)
    .filter((name) => name.endsWith(".sls"))
    .map((name) => path.join(examples, name));
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), bundle, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: timeLimitMs,
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Set(files.map((file) => pathToFileURL(file).href));
  const checked = new Promise((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", ({ uri }) => {
      waiting.delete(uri);
      if (waiting.size === 0) resolve();
    });
  });
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification("initialized", {});
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const textDocument = { uri: pathToFileURL(file).href, languageId: "winrepo", version: 1, text };
    await connection.sendNotification("textDocument/didOpen", { textDocument });
  }
  await checked;
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  if ((await exited) !== 0) throw new Error("The language server that was built does not run.");
}
