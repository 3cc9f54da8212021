// Packs the extension: winrepo.vsix, with nothing in it but what the editor needs.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const output = path.resolve(process.argv[2] ?? path.join(root, "winrepo.vsix"));
/** In bytes. See docs/decisions/0004-vscode-languageserver.md. */
const sizeLimits = { server: 800_000, extension: 1_200_000 };

let serverSize = 0;
const stage = mkdtempSync(path.join(os.tmpdir(), "winrepo-vsix-"));
try {
  const dist = path.join(stage, "dist");
  execFileSync(process.execPath, ["scripts/build.mjs", "--production", "--no-types", `--outdir=${dist}`], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  serverSize = statSync(path.join(dist, "server-main.cjs")).size;
  // The bundles of the command line and the engine are no part of the extension; nor is what this V8 made of the server: an
  // editor has another.
  for (const unneeded of ["chunks", "cli.mjs", "engine.mjs", "server-main.cjs.cache"])
    rmSync(path.join(dist, unneeded), { recursive: true });
  for (const name of ["syntaxes", "CHANGELOG.md", "LICENSE", "docs/images/icon.png"])
    cpSync(path.join(root, name), path.join(stage, name), { recursive: true });
  // The pictures would be half of the package.
  const readme = readFileSync(path.join(root, "README.md"), "utf8").replace(/^!\[[^\]]*\]\([^)]*\)\n+/gm, "");
  writeFileSync(path.join(stage, "README.md"), readme);

  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const field of ["bin", "exports", "files", "imports", "scripts", "devDependencies", "type"])
    delete manifest[field];
  writeFileSync(path.join(stage, "package.json"), JSON.stringify(manifest, undefined, 2));

  await createVSIX({
    cwd: stage,
    packagePath: output,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    // Everything in the staged folder was put there on purpose.
    allowUnusedFilesPattern: true,
  });
} finally {
  rmSync(stage, { recursive: true, force: true });
}
below("dist/server-main.cjs", serverSize, sizeLimits.server);
below(path.relative(process.cwd(), output), statSync(output).size, sizeLimits.extension);

function below(name, size, limit) {
  console.error(`${name}: ${Math.round(size / 1000)} kB`);
  if (size <= limit) return;
  console.error(`${name} must stay below ${limit / 1000} kB.`);
  process.exitCode = 1;
}
