// Packs the extension: winrepo.vsix, with nothing in it but what the editor needs.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const output = path.resolve(process.argv[2] ?? path.join(root, "winrepo.vsix"));
const sizeLimit = 1024 * 1024;

const stage = mkdtempSync(path.join(os.tmpdir(), "winrepo-vsix-"));
try {
  const dist = path.join(stage, "dist");
  execFileSync(process.execPath, ["scripts/build.mjs", "--production", "--no-types", `--outdir=${dist}`], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  // The bundles of the command line and the engine are no part of the extension.
  for (const unneeded of ["chunks", "cli.mjs", "engine.mjs"]) rmSync(path.join(dist, unneeded), { recursive: true });
  for (const name of ["syntaxes", "CHANGELOG.md", "LICENSE", "docs/images/icon.png"])
    cpSync(path.join(root, name), path.join(stage, name), { recursive: true });
  // The pictures would be half of the package.
  const readme = readFileSync(path.join(root, "README.md"), "utf8").replace(/^!\[[^\]]*\]\([^)]*\)\n+/gm, "");
  writeFileSync(path.join(stage, "README.md"), readme);

  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const field of ["bin", "exports", "files", "scripts", "devDependencies", "type"]) delete manifest[field];
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
const { size } = statSync(output);
console.error(`${path.relative(process.cwd(), output)}: ${Math.round(size / 1000)} kB`);
if (size > sizeLimit) {
  console.error("The extension must stay below 1 MB.");
  process.exit(1);
}
