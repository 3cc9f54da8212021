// `npm run salt:dates`: takes the source of every release of Salt from PyPI and looks whether the table of features
// (engine/salt-version/features.ts) dates them as the sources do. Python 3 with pip is needed; 1.5 GB below .cache.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const folder = path.resolve(".cache/salt-releases");

/** The folder with a release's `salt/`: the one that is there, or a new one from PyPI. */
function sourceOf(release) {
  const target = path.join(folder, release);
  if (existsSync(target)) return target;
  const temporary = path.join(folder, "tmp");
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(path.join(temporary, "out"), { recursive: true });
  // pip also asks the source for its metadata, which needs what need not be here: that it fails does not matter.
  const pip = ["-m", "pip", "download", "-q", "--no-deps", "--no-binary", "salt", "--no-build-isolation", "--no-clean"];
  spawnSync("python3", [...pip, "-d", path.join(temporary, "out"), `salt==${release}`], {
    env: { ...process.env, TMPDIR: temporary },
    timeout: 10 * 60_000,
  });
  const archive = readdirSync(path.join(temporary, "out")).find((name) => name.endsWith(".tar.gz"));
  if (archive) spawnSync("tar", ["xzf", path.join("out", archive)], { cwd: temporary, timeout: 5 * 60_000 });
  const unpacked = readdirSync(temporary, { recursive: true, encoding: "utf8" }).find(
    (name) => path.basename(name) === "salt" && existsSync(path.join(temporary, name, "modules", "win_pkg.py")),
  );
  if (unpacked === undefined) throw new Error(`salt ${release} could not be taken from PyPI`);
  mkdirSync(target, { recursive: true });
  renameSync(path.join(temporary, unpacked), path.join(target, "salt"));
  rmSync(temporary, { recursive: true, force: true });
  return target;
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

await esbuild.build({
  entryPoints: ["engine/salt-version/features.ts", "engine/salt-version/salt-version.ts"],
  outdir: ".cache/salt-version",
  bundle: true,
  format: "esm",
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
});
const load = (name) => import(pathToFileURL(path.resolve(`.cache/salt-version/${name}.mjs`)).href);
const { saltFeatures, hasFeature } = await load("features");
const { saltLines, newestPatch, formatSaltVersion } = await load("salt-version");

let wrong = 0;
for (const line of saltLines) {
  for (let patch = 0; patch <= newestPatch[line]; patch += 1) {
    const version = { line, patch };
    const source = sourceOf(formatSaltVersion(version));
    for (const [name, { title, evidence }] of Object.entries(saltFeatures)) {
      const there = read(path.join(source, evidence.file)).includes(evidence.text);
      if ((there !== Boolean(evidence.gone)) === hasFeature(version, name)) continue;
      wrong += 1;
      console.log(`${formatSaltVersion(version)}: the table is wrong about ${title}`);
    }
  }
}
console.log(wrong === 0 ? "The table dates every feature as the sources do." : `${wrong} differences.`);
process.exit(wrong === 0 ? 0 : 1);
