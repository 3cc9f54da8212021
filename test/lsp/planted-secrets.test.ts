import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LspProcess } from "./client.js";

/** In every secret that is planted here, and nowhere else. */
const planted = "hunter2";

const project = `\
profiles:
  - name: ours
    extends: windows-amd64
    pillar: {app: {db_password: PILLAR-hunter2}}
targets: {"lab token=hunter2": {kind: simulated}}
surplus: hunter2
`;
const definition = `\
tool:
  1.10:
    full_name: Tool {{ pillar.app.db_password }}
    installer: http://user:ADDRESS-hunter2@127.0.0.1:1/x.exe?token=QUERY-hunter2
    install_flags: '/PASSWORD=FLAG-hunter2 X={{ pillar.app.db_password }} \u202e'
    token=KEY-hunter2: 1
`;

let folder: string;
let server: LspProcess;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "winrepo-lsp-"));
  await writeFile(path.join(folder, ".winrepo.yaml"), project);
  await writeFile(path.join(folder, "tool.sls"), definition);
});
afterEach(async () => {
  server.process.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

it("sends no secret to the editor, but in what goes into documents", async () => {
  let received = "";
  server = await LspProcess.start({ folders: [folder], initializationOptions: { trusted: true } });
  server.process.stdout?.on("data", (part: Buffer) => {
    received += part.toString("utf8");
  });
  const uri = pathToFileURL(path.join(folder, "tool.sls")).href;
  const textDocument = { uri };
  server.open(uri, definition, "plaintext");
  await server.diagnostics(uri, 1);
  const ask = (method: string, params: object) =>
    server.connection.sendRequest(method, params).catch((error: Error) => error.message);
  for (const [line, text] of definition.split("\n").entries()) {
    for (let character = 0; character < text.length; character += 4) {
      await ask("textDocument/hover", { textDocument, position: { line, character } });
    }
  }
  await ask("textDocument/documentSymbol", { textDocument });
  const links = await ask("textDocument/documentLink", { textDocument });
  const preview = (await ask("winrepo/preview", { uri, profile: "ours" })) as { readonly text: string };
  await ask("winrepo/targets", {});
  const argument = { target: "simulated", name: "tool", version: "1.1" };
  await ask("workspace/executeCommand", { command: "winrepo.server.refreshDatabase", arguments: [argument] });
  await ask("workspace/executeCommand", { command: "winrepo.server.install", arguments: [argument] });
  await ask("workspace/executeCommand", {
    command: "winrepo.server.install",
    arguments: [{ ...argument, target: "x" }],
  });

  expect(preview.text).toContain("/PASSWORD=*** X=*** \\u202e");
  expect(links).toEqual([]);
  expect(received).toContain("/PASSWORD=***");
  expect(
    received.split("\r\n\r\n").filter((message) => message.includes(planted) || message.includes("\u202e")),
  ).toEqual([]);
});
