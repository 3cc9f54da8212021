import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import Module from "node:module";
import os from "node:os";
import path from "node:path";
import { Script } from "node:vm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LspProcess } from "./client.js";

const dist = path.resolve(import.meta.dirname, "../../dist");
const cache = "server-main.cjs.cache";
let folder: string;
let server: LspProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "winrepo-launcher-"));
  for (const name of ["server.cjs", "server-main.cjs", cache]) await cp(path.join(dist, name), path.join(folder, name));
});
afterEach(async () => {
  server?.process.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

async function firstDiagnostics(): Promise<number> {
  server = new LspProcess({ command: [process.execPath, path.join(folder, "server.cjs"), "--stdio"] });
  await server.connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  server.open("untitled:Untitled-1", "tool:\n  1.10:\n    full_name: Tool\n");
  return (await server.diagnostics("untitled:Untitled-1", undefined)).length;
}

it("V8 takes the code that was made of the bundle", async () => {
  const source = Module.wrap(await readFile(path.join(dist, "server-main.cjs"), "utf8"));
  const cachedData = await readFile(path.join(dist, cache));
  expect(new Script(source, { cachedData }).cachedDataRejected).toBe(false);
});

it.each([
  ["is not there", undefined],
  ["is of another program", Buffer.alloc(100_000, 7)],
  ["was cut off", "half"],
])("the server starts when that code %s", async (_, content) => {
  const file = path.join(folder, cache);
  if (content === undefined) await rm(file);
  else if (content === "half") await writeFile(file, (await readFile(file)).subarray(0, 500_000));
  else await writeFile(file, content);
  expect(await firstDiagnostics()).toBeGreaterThan(0);
});
