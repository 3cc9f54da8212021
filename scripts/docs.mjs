// `npm run docs`: writes the pages that are generated from the engine's tables (scripts/docs/). A test holds them fresh.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const outfile = ".cache/docs/all.mjs";
await esbuild.build({
  entryPoints: ["scripts/docs/all.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
  packages: "external",
});
const { allPages } = await import(pathToFileURL(path.resolve(outfile)).href);
for (const page of allPages()) {
  mkdirSync(path.dirname(page.path), { recursive: true });
  writeFileSync(page.path, page.text);
  console.log(page.path);
}
