import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { DiskFileServer } from "../../engine/repo/disk-file-server.js";
import { repositoryLocations } from "../../engine/repo/locations.js";
import { refreshDb } from "../../engine/repo/refresh-db.js";
import { pushToTarget } from "../../engine/repo/refresh-target.js";
import { readWinrepoFile } from "../../engine/repo/winrepo-p.js";
import type { Target } from "../../engine/target/target.js";
import { openWine } from "../../engine/target/wine/wine-target.js";
import { whyNoWine, wineTemplate } from "../machines/wine-template.js";
import { inProcessRenderer } from "../repo/in-process-renderer.js";

const reason = whyNoWine();
if (reason) console.warn(`The test of a refresh on Windows is skipped; ${reason}`);

describe.skipIf(reason)("a refresh of a Windows machine's cache", () => {
  let target: Target;
  let folder: string;
  beforeAll(async () => {
    target = await openWine({ name: "wine", prefix: await wineTemplate(), throwAway: true });
    folder = mkdtempSync(path.join(tmpdir(), "winrepo-refresh-"));
  });
  afterAll(async () => {
    await target?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  const source = { saltenv: "base", sourceDir: "salt://win/repo-ng/", cacheFile: "winrepo.p" };
  const define = (file: string, name: string) => {
    const absolute = path.join(folder, "repo", file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, `${name}:\n  '1.0':\n    full_name: ${name}\n`);
  };

  async function refresh() {
    const cacheDir = path.join(folder, "mirror");
    const mounts = [{ at: "win/repo-ng", folder: path.join(folder, "repo") }];
    const fileServer = new DiskFileServer(mounts);
    const renderer = inProcessRenderer(loadProfile("windows-amd64", folder), mounts);
    const locations = repositoryLocations({ ...source, cacheDir });
    const local = await refreshDb({ locations, cacheDir, mounts, fileServer, renderer });
    const there = repositoryLocations({ ...source, cacheDir: target.cacheDir }, path.win32);
    return { push: await pushToTarget(target, local, locations.folder, there), there };
  }

  it("brings what differs, removes definitions that are gone, and leaves other files", async () => {
    define("a.sls", "a");
    define("sub/b.sls", "b");
    const first = await refresh();
    expect(first.push).toEqual({ written: ["a.sls", "sub/b.sls"], removed: [], unchanged: 0, notes: [] });
    const stranger = path.join(folder, "stranger");
    writeFileSync(stranger, "left by somebody");
    await target.put(stranger, path.win32.join(first.there.folder, "old", "stale.sls"));
    await target.put(stranger, path.win32.join(first.there.folder, "old", "setup.exe"));
    define("a.sls", "changed");

    const { push, there } = await refresh();
    expect(push).toMatchObject({ written: ["a.sls"], unchanged: 1, notes: [] });
    expect(push.removed.map((file) => path.win32.basename(file))).toEqual(["stale.sls"]);
    expect(await target.exists(path.win32.join(there.folder, "old", "setup.exe"))).toBe(true);
    const copy = path.join(folder, "copy.p");
    await target.get(there.file, copy);
    expect([...(await readWinrepoFile(copy)).repo.keys()]).toEqual(["changed", "b"]);
  });
});
