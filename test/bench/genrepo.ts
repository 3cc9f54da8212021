import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import type { Profile } from "../../engine/config/profile.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { discoverDefinitions } from "../../engine/repo/discover.js";
import { DiskFileServer, repositoryMounts } from "../../engine/repo/disk-file-server.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import { OutcomeCache } from "../../engine/repo/outcome-cache.js";
import { writeWinrepoFile } from "../../engine/repo/winrepo-p.js";
import { inProcessRenderer } from "../repo/in-process-renderer.js";
import { generateRepository } from "./generate-repository.js";

/** Milliseconds of processor time. */
export interface GenrepoFigures {
  readonly files: number;
  /** From nothing to a written winrepo.p: the first time in this process. */
  readonly first: number;
  /** The same, the best of several times. */
  readonly cold: number;
  /** `parseDocument` of the `yaml` package, version 1.1, of the rendered texts; the best of several times. */
  readonly bareYaml: number;
  /** From the stored outcomes of the run before, with one changed file, to winrepo.p and outcomes written anew. */
  readonly incremental: number;
}

const rounds = 5;

/** Times genrepo of a folder in this process, beside the bare parse of the texts that it renders. */
export async function measureGenrepo(source: string, profile: Profile, scratch: string): Promise<GenrepoFigures> {
  const root = path.join(scratch, "genrepo-corpus");
  rmSync(root, { recursive: true, force: true });
  cpSync(source, root, { recursive: true });
  const { files } = await discoverDefinitions(root);
  // As a checkout that has been lying there: fresh files are looked at more closely.
  const past = new Date(Date.now() - 3_600_000);
  for (const { absolute } of files) utimesSync(absolute, past, past);

  const build = async (cache?: OutcomeCache) => {
    const mounts = repositoryMounts(root);
    const fileServer = new DiskFileServer(mounts);
    const renderer = inProcessRenderer(profile, mounts);
    const result = await genrepo({ root, renderer, fileServer, ...(cache && { cache }) });
    await writeWinrepoFile(path.join(scratch, "winrepo.p"), result.winrepo);
  };
  const fileServer = new DiskFileServer(repositoryMounts(root));
  const firstRun = await timed(() => build());
  const texts = files.map(
    ({ absolute }) =>
      renderDefinition(readFileSync(absolute), { path: absolute, profile, fileServer, dataOnly: true }).rendered,
  );
  const cold: number[] = [];
  const bareYaml: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bareYaml.push(await timed(async () => texts.forEach((text) => void parseDocument(text, { version: "1.1" }))));
    cold.push(await timed(() => build()));
  }

  const stored = path.join(scratch, "outcomes");
  const first = new OutcomeCache("bench");
  await build(first);
  await first.save(stored);
  const changed = files[Math.floor(files.length / 2)]?.absolute ?? "";
  const incremental: number[] = [];
  for (let round = 0; round < rounds; round++) {
    appendFileSync(changed, "# changed\n");
    incremental.push(
      await timed(async () => {
        const cache = await OutcomeCache.load(stored, "bench");
        await build(cache);
        await cache.save(stored);
      }),
    );
  }
  return {
    files: files.length,
    first: firstRun,
    cold: Math.min(...cold),
    bareYaml: Math.min(...bareYaml),
    incremental: Math.min(...incremental),
  };
}

export interface ScaleFigures {
  readonly files: number;
  readonly milliseconds: number;
  /** Resident memory at the end, megabytes, with the process's own. */
  readonly peakMb: number;
}

/** genrepo of a generated repository. Peak memory is that of the process: measure each size in a process of its own. */
export async function measureScale(count: number, profile: Profile, scratch: string): Promise<ScaleFigures> {
  const root = path.join(scratch, `generated-${count}`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  generateRepository(root, count);
  const start = performance.now();
  const result = await genrepo({ root, renderer: inProcessRenderer(profile) });
  await writeWinrepoFile(path.join(scratch, "winrepo.p"), result.winrepo);
  const milliseconds = performance.now() - start;
  if (result.success !== count) throw new Error(`${result.failed} generated definitions failed`);
  rmSync(root, { recursive: true, force: true });
  return { files: count, milliseconds, peakMb: process.resourceUsage().maxRSS / 1024 };
}

/** Milliseconds of processor time, which other work on the machine does not change much. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
