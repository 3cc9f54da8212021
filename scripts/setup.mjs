// Makes a fresh clone ready: installs the packages of the lock file and builds, each only when something changed.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`winrepo needs Node.js 20 or newer; this is ${process.version}.`);
  process.exit(2);
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const stampOf = (files) => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
};
const isFresh = (stampFile, stamp) => existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;

const installStamp = "node_modules/.winrepo-installed";
const lock = stampOf(["package-lock.json"]);
if (!isFresh(installStamp, lock)) {
  console.error("Installing packages …");
  execFileSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  writeFileSync(installStamp, lock);
}

const sources = ["client", "server", "engine", "syntaxes", "scripts"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
  .sort();
const built = stampOf([...sources, "package.json", "package-lock.json"]);
const buildStamp = "dist/.winrepo-built";
if (!isFresh(buildStamp, built)) {
  console.error("Building …");
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: ["ignore", 2, 2] });
  mkdirSync("dist", { recursive: true });
  writeFileSync(buildStamp, built);
}
