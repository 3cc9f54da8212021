// `npm run salt:compare -- [--short] RELEASE…`: the vectors, the corpus and generated cases through real releases of Salt,
// set up from PyPI (WINREPO_CACHE keeps them), and through us; prints every difference. Python 3.11 is needed, and 250 MB
// for a release.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const outfile = ".cache/salt-compare/main.mjs";
mkdirSync(path.dirname(outfile), { recursive: true });
await esbuild.build({
  entryPoints: ["scripts/salt-compare/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
  packages: "external",
});
await import(pathToFileURL(path.resolve(outfile)).href);
