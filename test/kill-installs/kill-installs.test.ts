import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readRunLog } from "../../engine/pkg/run/run-log.js";
import { ProjectState } from "../../engine/state/project-state.js";
import { openTarget } from "../../engine/target/open.js";

const kills = 100;
const root = path.resolve(import.meta.dirname, "../..");
const files: { readonly [name: string]: Buffer } = {
  "/hello.msi": readFileSync(path.join(root, "examples/installers/hello-1.0.0.msi")),
  "/big.exe": Buffer.concat([
    readFileSync(path.join(root, "examples/installers/notes-2.3.exe")),
    randomBytes(3_000_000),
  ]),
};

let folder: string;
let project: string;
let state: ProjectState;
let program: string;
let server: http.Server;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-kill-"));
  project = path.join(folder, "project");
  state = new ProjectState(project);
  // Beside node_modules, where the bundle's packages are found.
  program = path.join(mkdtempSync(path.join(root, "node_modules/.kill-installs-")), "child.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "child.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(path.dirname(program), { recursive: true, force: true });
});

/** Serves slowly, in pieces and from where it is asked, so that kills hit the middle of downloads. */
async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const content = files[request.url ?? ""];
  if (!content) return void response.writeHead(404).end();
  const start = Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0);
  response.writeHead(start ? 206 : 200, {
    etag: `"${content.length}"`,
    "content-length": content.length - start,
    ...(start && { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }),
  });
  for (let at = start; at < content.length && !response.destroyed; at += 400_000) {
    response.write(content.subarray(at, at + 400_000));
    await delay(5);
  }
  response.end();
}

async function run(killAfterMs?: number): Promise<{ output: string; killed: boolean; milliseconds: number }> {
  const started = Date.now();
  const child = spawn(process.execPath, [program, project, url], { stdio: ["ignore", "pipe", "inherit"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs ?? 300_000);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const [, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { output, killed: signal === "SIGKILL", milliseconds: Date.now() - started };
}

function digest(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** Whole installers only, wherever one stands under its own name. */
function brokenCopies(): string[] {
  const whole = new Set(Object.values(files).map((content) => createHash("sha256").update(content).digest("hex")));
  return readdirSync(state.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(hello\.msi|big\.exe)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !whole.has(digest(file)));
}

/** Lines of the log that are no JSON. Only the last run can have torn one, and the next run ends its line. */
function tornLines(log: string): number {
  const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
  return lines.filter((line) => {
    try {
      JSON.parse(line);
      return false;
    } catch {
      return true;
    }
  }).length;
}

it(`survives ${kills} kills at any moment`, { timeout: 3_600_000 }, async () => {
  const whole = await run();
  expect(whole.output).toContain("hello: installed");
  const log = path.join(state.runs("simulated"), "log.jsonl");
  const lock = path.join(state.runs("simulated"), "lock");
  let wholeMs = whole.milliseconds;
  let killed = 0;
  let interrupted = 0;
  for (let turn = 0; killed < kills; turn++) {
    // Fresh downloads every few turns, so that kills meet them, too.
    if (turn % 4 === 0) rmSync(state.downloads, { recursive: true, force: true });
    if (turn % 8 === 0) rmSync(state.machine("simulated"), { recursive: true, force: true });
    const result = await run(wholeMs * (0.15 + 0.85 * Math.random()));
    if (result.killed) killed++;
    // The machine was busier when it was measured: the next kill comes earlier.
    else wholeMs = Math.min(wholeMs, result.milliseconds);
    if (!result.killed && result.output.includes("was interrupted")) interrupted++;

    expect(brokenCopies()).toEqual([]);
    expect(tornLines(log)).toBeLessThanOrEqual(1);
    const target = await openTarget(undefined, { projectFolder: project });
    await target.readRegistry("HKLM", "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall", "64", 1);
    await target.close();
  }

  const last = readRunLog(log).at(-1);
  const final = await run();
  expect(final.output).toContain("hello: installed");
  if (last?.event !== "end") expect(final.output).toContain("was interrupted");
  expect(existsSync(lock)).toBe(false);
  expect(readRunLog(log).at(-1)).toMatchObject({ event: "end", outcome: "done" });
  console.log(`${killed} kills; ${interrupted} of the runs that came through told of an interrupted one before`);
});
