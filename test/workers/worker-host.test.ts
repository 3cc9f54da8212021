import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProject } from "../../engine/config/project.js";
import { lintFile } from "../../engine/lint/lint.js";
import { lintTask } from "../../engine/lint/lint-task.js";
import { runInBatches } from "../../engine/render/batches.js";
import { NotFinished } from "../../engine/render/render-host.js";
import { DiskFileServer, inProcessHost, repositoryMounts } from "../../engine/repo/disk-file-server.js";
import type { DefinitionOutcome } from "../../engine/repo/outcome.js";
import { outcomeTask } from "../../engine/repo/outcome-task.js";
import { WorkerHost } from "../../engine/workers/worker-host.js";
import { corpusFiles } from "../corpus/definitions.js";
import { bothProfiles, options } from "../lint/support.js";
import { hasShared, sharedPath } from "../shared.js";

const profile = bothProfiles[0] as (typeof bothProfiles)[number];
const [root, text] = [path.resolve(import.meta.dirname, "../.."), "app:\n  '1.0':\n    full_name: App\n"];

let program = { text: "" };
let host: WorkerHost;

beforeAll(async () => {
  // The text alone, as in a single executable.
  const { outputFiles } = await build({
    entryPoints: [path.join(root, "engine/workers/render-worker.ts")],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
  });
  program = { text: outputFiles[0]?.text ?? "" };
  host = new WorkerHost(program, { workers: 2 });
}, 60_000);
afterAll(() => host.close());

/** What a person waits for without end; only ending its thread helps. */
const endless = { name: "lint", run: () => undefined, pack: () => undefined, unpack: () => undefined };

describe("rendering in workers", () => {
  it.each([
    ["a definition", text],
    [
      "values of every class",
      "a: {f: 1.5, i: 12345678901234567890, b: !!binary aGk=, s: !!set {x, y}, n: ~, d: 2001-01-01}\n",
    ],
    ["shared parts", "a: &a {k: [1, 2]}\nb: *a\nc: {<<: *a, z: 1}\n"],
    ["a loop", "{% for v in ['1.0', '2.0'] %}\n'{{ v }}':\n  full_name: App {{ v }}\n{% endfor %}\n"],
    ["an error of Jinja", "a: {{ nope }}\n"],
    ["an error of YAML", "a: [1\nb: 2\n"],
    ["bytes that are no UTF-8", Uint8Array.of(0x61, 0xff)],
    ["CRLF", "{% set a = 1 %}\r\na:\r\n  b: {{ a }}\r\n"],
  ])("gives what rendering here gives: %s", async (_, source) => {
    const document = { path: "/r/a.sls", source };
    const there = await host.render(document, profile, {});
    const here = await inProcessHost.render(document, profile, {});
    expect(comparable(there)).toEqual(comparable(here));
  });

  it("reads imports from the mounts", async () => {
    const mounts = repositoryMounts(path.join(root, "examples"));
    const source = "{% import_text 'win/repo-ng/missing.txt' as x %}";
    const there = await host.render({ path: "a.sls", source }, profile, { mounts });
    expect(comparable(there)).toEqual(
      comparable(await inProcessHost.render({ path: "a.sls", source }, profile, { mounts })),
    );
  });

  it.skipIf(!hasShared)("gives the same findings and outcomes for every real definition", async () => {
    const files = corpusFiles();
    const mounts = repositoryMounts(sharedPath("corpus/salt-winrepo-ng"));
    const { lint } = defaultProject("/");
    const linted: unknown[] = [];
    const setup = { profiles: bothProfiles, lint, settings: { mounts } };
    await runInBatches(host, lintTask, setup, files, (result, index) => {
      linted[index] = result;
    });
    const fileServer = new DiskFileServer(mounts);
    const different = files.filter(
      (file, index) => !isDeepStrictEqual(linted[index], lintFile({ ...file, fileServer }, options())),
    );
    expect(different.map((file) => file.path)).toEqual([]);
    const some = files.slice(0, 50);
    const outcome = { profile, settings: { mounts } };
    const there = await host.run(outcomeTask, outcome, some);
    const here = await inProcessHost.run(outcomeTask, outcome, some);
    const portable = (result: DefinitionOutcome | NotFinished | undefined) =>
      result instanceof NotFinished || !result ? result : { ...result, data: [...result.data] };
    const unlike = some.filter((_, index) => !isDeepStrictEqual(portable(there[index]), portable(here[index])));
    expect(unlike.map((file) => file.path)).toEqual([]);
  });

  it("does many jobs in the order in which they were asked, on as many threads as there may be", async () => {
    const jobs = Array.from({ length: 20 }, (_, index) =>
      host.render({ path: `${index}.sls`, source: text }, profile, {}),
    );
    const results = await Promise.all(jobs);
    expect(results.map((result) => (result instanceof NotFinished ? undefined : result.path))).toEqual(
      jobs.map((_, index) => `${index}.sls`),
    );
  });

  it("keeps some setups and is told the others again", async () => {
    const one = new WorkerHost(program, { workers: 1 });
    const profiles = Array.from({ length: 40 }, (_, index) => ({
      ...profile,
      grains: { ...profile.grains, id: `m${index}` },
    }));
    const setups = profiles.map((each) => ({ profile: each, settings: {} }));
    const source = "{{ grains.id }}:\n  '1.0':\n    full_name: App\n";
    for (const setup of [...setups, ...setups]) {
      const [outcome] = await one.run(outcomeTask, setup, [{ path: "a.sls", source }]);
      expect(outcome).toMatchObject({ packages: [setup.profile.grains.id] });
    }
    await one.close();
  });

  it("rejects when a mistake of ours throws there, and goes on", async () => {
    await expect(host.run(endless, {}, [undefined])).rejects.toThrow(/TypeError/);
    expect(await host.render({ path: "a.sls", source: text }, profile, {})).not.toBeInstanceOf(NotFinished);
  });
});

describe("what is ended", () => {
  const spinning = "while (true) ;";

  it("is not finished, however it spins, and the next finds a thread", async () => {
    const spinner = new WorkerHost(
      { text: `require("node:worker_threads").parentPort.on("message", () => { ${spinning} })` },
      { workers: 1 },
    );
    const abort = new AbortController();
    const first = spinner.render({ path: "a.sls", source: text }, profile, {}, abort.signal);
    const waiting = spinner.render({ path: "b.sls", source: text }, profile, {}, abort.signal);
    setTimeout(() => abort.abort(), 100);
    expect(await first).toEqual(new NotFinished("ended"));
    expect(await waiting).toEqual(new NotFinished("ended"));
    const third = spinner.render({ path: "c.sls", source: text }, profile, {});
    await spinner.close();
    expect(await third).toEqual(new NotFinished("ended"));
  });

  it("is all that hangs on one signal, with no more than one listener", async () => {
    const many = new WorkerHost(program, { workers: 1 });
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(warning.name);
    process.on("warning", listen);
    const abort = new AbortController();
    const jobs = Array.from({ length: 30 }, () =>
      many.render({ path: "a.sls", source: text }, profile, {}, abort.signal),
    );
    abort.abort();
    expect(await Promise.all(jobs)).toEqual(jobs.map(() => new NotFinished("ended")));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listen);
    expect(warnings).toEqual([]);
    await many.close();
  });

  it("is not begun when it is not wanted any more", async () => {
    const result = await host.render({ path: "a.sls", source: text }, profile, {}, AbortSignal.abort());
    expect(result).toEqual(new NotFinished("ended"));
  });

  it("is not finished when it takes too much memory, and the others of its batch are", async () => {
    const small = new WorkerHost(program, { workers: 1, heapMegabytes: 40 });
    // Small enough for every limit of a template, too large for this heap.
    const hungry = "{% for a in range(2) %}{% for b in range(99999) %}- {a: {b: c}}\n{% endfor %}{% endfor %}";
    const inputs = [text, hungry, text].map((source, index) => ({ path: `${index}.sls`, source }));
    const results = await small.run(outcomeTask, { profile, settings: {} }, inputs);
    expect(results.map((result) => (result instanceof NotFinished ? result.reason : result.status))).toEqual([
      "ok",
      "memory",
      "ok",
    ]);
    await small.close();
  }, 30_000);

  it("ends threads that have had no work for a while", async () => {
    const idle = new WorkerHost(program, { workers: 1, idleMs: 20 });
    await idle.render({ path: "a.sls", source: text }, profile, {});
    await expect.poll(() => idle.threadCount).toBe(0);
    expect(await idle.render({ path: "a.sls", source: text }, profile, {})).not.toBeInstanceOf(NotFinished);
    await idle.close();
  });
});

/** Without classes whose place only is what matters, and with the map's answers instead of the map. */
function comparable(rendered: Awaited<ReturnType<typeof inProcessHost.render>>) {
  if (rendered instanceof NotFinished) return rendered;
  const { root: node, sourceMap, ...rest } = rendered;
  const places =
    sourceMap &&
    Array.from({ length: rendered.rendered.length + 1 }, (_, end) => sourceMap.toSource({ start: end, end }));
  return { ...rest, spans: sourceMap?.spans, places, node: node && plain(node) };
}

function plain(
  node: NonNullable<Exclude<Awaited<ReturnType<typeof inProcessHost.render>>, NotFinished>["root"]>,
): object {
  const { kind, span, value } = node;
  const base = { kind, start: span.start, end: span.end, value };
  if (node.kind === "scalar") return { ...base, style: node.style };
  if (node.kind === "sequence") return { ...base, flow: node.flow, items: node.items.map(plain) };
  return { ...base, flow: node.flow, pairs: node.pairs.map((pair) => [plain(pair.key), plain(pair.value)]) };
}
