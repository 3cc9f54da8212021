// `npm run bench`: bundles test/bench/main.ts and runs it in a process of its own, with the garbage collector at hand.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
await import("./setup.mjs");
const esbuild = await import("esbuild");
mkdirSync(".cache", { recursive: true });
// As deep below the checkout as the sources are, for paths that start from them.
const outfile = ".cache/bench.mjs";
await esbuild.build({
  entryPoints: ["test/bench/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
  packages: "external",
});
const { status } = spawnSync(process.execPath, ["--expose-gc", outfile, ...process.argv.slice(2)], {
  stdio: "inherit",
  timeout: 20 * 60_000,
});
process.exit(status ?? 1);
