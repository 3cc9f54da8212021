import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { LspProcess } from "../lsp/client.js";
import { milliseconds, type Row } from "./table.js";

interface StartFigures {
  /** CPU time of all threads, from the start of the process to the first diagnostics. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Bundles the server that only parses, as the real one is bundled. */
export async function buildFloor(outfile: string): Promise<void> {
  await esbuild.build({
    entryPoints: ["test/bench/floor-server.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    logLevel: "warning",
  });
}

/**
 * Start to first diagnostics, beside a server that only parses. The two take turns, so that a busy machine is busy for
 * both; the ratio is of CPU time.
 * @param dist where the production bundles lie
 */
export async function startRows(
  dist: string,
  floor: string,
  { file, goal, runs }: { readonly file: string; readonly goal?: string; readonly runs: number },
): Promise<Row[]> {
  const ours = { command: [process.execPath, path.join(dist, "server.cjs"), "--stdio"] as const };
  const theirs = { command: [process.execPath, floor] as const };
  const figures: { readonly [name in "ours" | "floor"]: StartFigures[] } = { ours: [], floor: [] };
  for (let run = 0; run < runs; run++) {
    figures.floor.push(await measure(theirs.command, file));
    figures.ours.push(await measure(ours.command, file));
  }
  const [our, least] = [typical(figures.ours), typical(figures.floor)];
  const name = path.basename(file);
  return [
    { name: `${name}: a server that only parses, start to first diagnostics`, value: shown(least), ratio: "1×" },
    {
      name: `${name}: winrepo, start to first diagnostics`,
      value: shown(our),
      ratio: `${(our.cpuMs / least.cpuMs).toFixed(2)}×`,
      ...(goal !== undefined && { goal }),
    },
  ];
}

async function measure(command: readonly [string, ...string[]], file: string): Promise<StartFigures> {
  const started = performance.now();
  const server = new LspProcess({ command });
  try {
    await server.connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
    await server.connection.sendNotification("initialized", {});
    const uri = pathToFileURL(file).href;
    const published = new Promise<void>((resolve) => server.onPublished((params) => params.uri === uri && resolve()));
    server.open(uri, readFileSync(file, "utf8"));
    await published;
    return { cpuMs: cpuMs(server.process.pid), wallMs: performance.now() - started };
  } finally {
    server.process.kill("SIGKILL");
    await server.exited;
  }
}

/** Of all threads of a process; Linux alone tells of another process without its help. */
function cpuMs(pid: number | undefined): number {
  const tasks = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(tasks).map((task) =>
    Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

/** The lower quartile: what other processes cost a run only ever adds to it. */
function typical(figures: readonly StartFigures[]): StartFigures {
  const quartile = (pick: (each: StartFigures) => number) =>
    figures.map(pick).sort((a, b) => a - b)[figures.length >> 2] ?? 0;
  return { cpuMs: quartile(({ cpuMs }) => cpuMs), wallMs: quartile(({ wallMs }) => wallMs) };
}

function shown({ cpuMs, wallMs }: StartFigures): string {
  return `CPU ${milliseconds(cpuMs)}, wall ${milliseconds(wallMs)}`;
}
