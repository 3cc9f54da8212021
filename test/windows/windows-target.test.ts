import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clonePrefix } from "../../engine/target/wine/prefix.js";
import { WineProgram } from "../../engine/target/wine/wine-program.js";
import { windowsNode } from "../components/windows-node.mjs";
import { buildFixtures } from "../machines/fixtures.js";
import { caseRows } from "../machines/suite.js";
import { whyNoWine, wineTemplate } from "../machines/wine-template.js";
import type { CaseResult } from "./runner.js";

const limitMs = 800_000;
const noWine = whyNoWine();
const node = noWine ? undefined : windowsNode();
const reason = noWine ?? (node ? undefined : "Node.js for Windows could not be fetched: npm run test:components");
if (reason) console.warn(`The suite on target windows is skipped; ${reason}`);

// The engine runs as a win32 process of its own, in a Windows made of Wine: its registry, its msiexec.
describe.skipIf(reason)("target windows", () => {
  let folder: string;
  let wine: WineProgram;
  let results: CaseResult[] = [];
  let output = "";

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "winrepo-windows-"));
    wine = new WineProgram(path.join(folder, "prefix"));
    const bundle = path.join(folder, "runner.cjs");
    await esbuild.build({
      entryPoints: [path.join(import.meta.dirname, "runner.ts")],
      outfile: bundle,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      logLevel: "error",
    });
    await clonePrefix(await wineTemplate(), wine.prefix);
    const drive = path.join(wine.prefix, "drive_c");
    cpSync(buildFixtures(), path.join(drive, "fixtures"), { recursive: true });
    cpSync(bundle, path.join(drive, "runner.cjs"));
    const run = await wine.run([node!, "C:\\runner.cjs", "C:\\fixtures", "C:\\results.json"], { timeoutMs: limitMs });
    output = run.stdout;
    const file = path.join(drive, "results.json");
    if (existsSync(file)) results = JSON.parse(readFileSync(file, "utf8")) as CaseResult[];
  });

  afterAll(async () => {
    await wine.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it.for(caseRows)("%s", ([name], { task }) => {
    const result = results.find((one) => one.name === name);
    Object.assign(task.meta, { milliseconds: result?.milliseconds });
    expect(result, `the run inside Windows did not get here: ${output}`).toBeDefined();
    expect(result?.error).toBeUndefined();
  });
});
