import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { createPrefix } from "../../engine/target/wine/prefix.js";
import { cacheFolder } from "../cache-folder.mjs";
import { missingTools } from "./fixtures.js";

/** Why tests with Wine cannot run here; undefined when they can. */
export function whyNoWine(): string | undefined {
  const missing = [...(spawnSync("wine", ["--version"]).error ? ["wine"] : []), ...missingTools()];
  return missing.length > 0
    ? `missing: ${missing.join(", ")} (Debian: apt-get install wine wine64 wixl nsis gcc-mingw-w64-x86-64)`
    : undefined;
}

/** A prefix that nothing was installed in, made once per Wine version. Clone it; do not use it. */
export async function wineTemplate(): Promise<string> {
  const version =
    spawnSync("wine", ["--version"], { encoding: "utf8" }).stdout.match(/wine-([\w.]+)/)?.[1] ?? "unknown";
  const folder = path.join(cacheFolder(), `wine-template-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const making = `${folder}.${process.pid}`;
  await createPrefix(making);
  renameSync(making, folder);
  return folder;
}
