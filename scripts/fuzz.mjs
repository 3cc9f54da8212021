// `npm run fuzz -- WHAT --seconds N`: bundles test/fuzz/main.ts and runs it in a process with little memory.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
await import("./setup.mjs");
const esbuild = await import("esbuild");
mkdirSync(".cache", { recursive: true });
const outfile = ".cache/fuzz.mjs";
await esbuild.build({
  entryPoints: ["test/fuzz/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
  packages: "external",
});
const { status } = spawnSync(process.execPath, ["--max-old-space-size=300", outfile, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);
