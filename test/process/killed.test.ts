import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replaceFile } from "../../engine/replace-file.js";
import { isAbandoned, processMark } from "../../engine/running-process.js";

// Below the project, where the bundle's packages are found.
const scratch = path.resolve(import.meta.dirname, "../../.cache");
let folder: string;
let child: string;

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(path.join(scratch, "killed-"));
  child = path.join(folder, "child.mjs");
  const source = path.join(import.meta.dirname, "killed-child.ts");
  await build({
    entryPoints: [source],
    outfile: child,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly folder: string;
  readonly pid: number;
}

/** The mark of a process that is gone. */
function deadMark(): string {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return processMark().replace(/-[^-]+-/, `-${pid.toString(36)}-`);
}

describe.skipIf(process.platform === "win32")("a process that is killed", () => {
  it("takes along what it started, and the next one removes its folder", async () => {
    const parent = spawn(process.execPath, [child], { stdio: ["ignore", "pipe", "inherit"] });
    const [text] = (await once(parent.stdout, "data")) as [Buffer];
    const said = JSON.parse(text.toString()) as Said;
    expect(existsSync(said.folder)).toBe(true);
    const group = () => readdirSync("/proc").filter((pid) => groupOf(pid) === said.pid && !isZombie(pid));
    if (process.platform === "linux") expect(group().length).toBeGreaterThan(1);
    parent.kill("SIGKILL");
    await once(parent, "close");
    if (process.platform === "linux") await expect.poll(group, { timeout: 10_000 }).toEqual([]);

    const next = spawnSync(process.execPath, [child, "folder"], { encoding: "utf8" });
    expect(existsSync(said.folder)).toBe(false);
    rmSync((JSON.parse(next.stdout) as Said).folder, { recursive: true });
  });
});

describe("files that killed runs left aside", () => {
  it("go with the next file that is written beside them, and nothing else goes", async () => {
    const place = mkdtempSync(path.join(tmpdir(), "winrepo-test-"));
    const dead = deadMark();
    expect(isAbandoned(dead)).toBe(true);
    const left = `.a.sls.winrepo-${dead}-1`;
    const others = [
      `.a.sls.winrepo-${processMark()}-7`,
      `.a.sls.winrepo-0000${dead.slice(4)}-1`,
      `a.sls.winrepo-${dead}`,
      ".b.sls",
    ];
    for (const name of [left, ...others]) writeFileSync(path.join(place, name), "x");
    symlinkSync("b.sls", path.join(place, `.c.sls.winrepo-${dead}-2`));
    await replaceFile(path.join(place, "b.sls"), "new");
    expect(readdirSync(place).sort()).toEqual([...others, `.c.sls.winrepo-${dead}-2`, "b.sls"].sort());
    rmSync(place, { recursive: true });
  });
});

function groupOf(pid: string): number | undefined {
  const status = textOf(`/proc/${pid}/stat`);
  return status === "" ? undefined : Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[2]);
}

function isZombie(pid: string): boolean {
  return /\) Z /.test(textOf(`/proc/${pid}/stat`));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
