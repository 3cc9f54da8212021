// Plays a file of package scenarios through our code over a scripted machine and compares with what real Salt did:
// npm run conformance:pkg -- FILE
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.dirname(import.meta.dirname);
const folder = mkdtempSync(path.join(root, "node_modules/.conformance-pkg-"));
const outfile = path.join(folder, "main.mjs");
try {
  await build({
    entryPoints: [path.join(root, "test/pkg/scenario/main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
