import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installCommand, upgradeCommand } from "../../engine/cli/commands/install.js";
import { listPkgsCommand, versionCommand } from "../../engine/cli/commands/list-pkgs.js";
import { purgeCommand, removeCommand } from "../../engine/cli/commands/remove.js";
import { tryCommand } from "../../engine/cli/commands/try.js";
import { runCli } from "../../engine/cli/program.js";
import type { ActionReport } from "../../engine/pkg/report.js";
import { takeLock } from "../../engine/process/file-lock.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { ProjectState } from "../../engine/state/project-state.js";

const commands = [
  installCommand,
  upgradeCommand,
  removeCommand,
  purgeCommand,
  tryCommand,
  listPkgsCommand,
  versionCommand,
];
const examples = path.resolve(import.meta.dirname, "../../examples/installers");
const codes = { "1.0.0": "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910100}", "1.1.0": "{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910110}" };

let folder: string;
let state: string;
const kept = () => new ProjectState(folder, { env: { WINREPO_STATE: state } });
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo packages "));
  state = mkdtempSync(path.join(tmpdir(), "winrepo state "));
  mkdirSync(path.join(folder, "files"));
  for (const name of ["hello-1.0.0.msi", "hello-1.1.0.msi", "notes-2.3.exe"]) {
    cpSync(path.join(examples, name), path.join(folder, "files", name));
  }
  define("hello", helloVersion("1.1.0") + helloVersion("1.0.0"));
});
afterEach(() => {
  for (const each of [folder, state]) rmSync(each, { recursive: true });
});

function define(name: string, versions: string): void {
  writeFileSync(path.join(folder, `${name}.sls`), `#!yaml\n${name}:\n${versions}`);
}

function helloVersion(
  version: keyof typeof codes,
  fullName = "Hello (x64)",
  uninstaller: string = codes[version],
): string {
  return `  '${version}':
    full_name: ${fullName}
    installer: salt://win/repo-ng/files/hello-${version}.msi
    install_flags: /qn
    msiexec: true
    uninstaller: '${uninstaller}'
    uninstall_flags: /qn
`;
}

async function winrepo(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: folder,
    env: { WINREPO_STATE: state },
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  };
  const status = await runCli(args, io, commands);
  return { status, stdout, stderr };
}

async function json(...args: string[]): Promise<{ readonly status: number; readonly [key: string]: unknown }> {
  const { status, stdout } = await winrepo(...args, "--json");
  return { status, ...JSON.parse(stdout) };
}

describe("the way of a package", () => {
  it("install, list, upgrade, remove", async () => {
    expect(await json("install", "hello=1.0.0")).toMatchObject({ status: 0, hello: { old: "", new: "1.0.0" } });
    expect(await json("list-pkgs")).toMatchObject({ status: 0, hello: "1.0.0" });
    expect((await winrepo("version", "hello")).stdout).toBe("1.0.0\n");
    expect(await json("install", "hello")).toMatchObject({
      status: 0,
      winrepo: { packages: [{ status: "unchanged" }] },
    });
    expect(await json("upgrade")).toMatchObject({ status: 0, hello: { old: "1.0.0", new: "1.1.0" } });
    expect(await json("remove", "hello")).toMatchObject({ status: 0, hello: { old: "1.1.0", new: "" } });
    expect(await json("purge", "hello")).toMatchObject({ status: 0, hello: { current: "not installed" } });
    const { winrepo: extra, status, ...salt } = await json("list-pkgs", "--versions-as-list");
    expect([status, salt]).toEqual([0, {}]);
    expect(extra).toMatchObject({ target: { name: "simulated", kind: "simulated" }, entries: [], notes: [] });
  });

  it("prints for people what was done and where a definition is wrong", async () => {
    define("hello", helloVersion("1.0.0", "Hello"));
    const { status, stdout, stderr } = await winrepo("install", "hello");
    expect(status).toBe(1);
    expect(stdout).toContain('run      "msiexec" /I "C:\\ProgramData\\');
    expect(stdout).toContain('correct  full_name: "Hello" → "Hello (x64)"  (hello.sls:4:16)');
    expect(stderr).toContain("hello 1.0.0: salt://win/repo-ng/files/hello-1.0.0.msi");
  });

  it("gives corrections as edits", async () => {
    define("hello", helloVersion("1.0.0", "Hello"));
    const { winrepo: report } = (await json("install", "hello")) as unknown as { winrepo: ActionReport };
    expect(report.packages[0]?.corrections).toEqual([
      {
        package: "hello",
        version: "1.0.0",
        key: "full_name",
        from: "Hello",
        to: "Hello (x64)",
        reason: expect.any(String),
        location: {
          file: path.join(folder, "hello.sls"),
          range: { start: { line: 3, character: 15 }, end: { line: 3, character: 20 } },
        },
        newText: "Hello (x64)",
      },
    ]);
  });

  it("adds a line for what is missing", async () => {
    const before = helloVersion("1.0.0")
      .replace(/ {4}uninstaller.*\n/, "")
      .replace(/ {4}uninstall_flags.*\n/, "");
    define("hello", before);
    const { winrepo: report } = (await json("install", "hello")) as unknown as { winrepo: ActionReport };
    const [correction] = report.packages[0]!.corrections;
    expect(correction).toMatchObject({
      key: "uninstaller",
      to: codes["1.0.0"],
      location: { range: { start: { line: 6, character: 17 }, end: { line: 6, character: 17 } } },
      newText: `\n    uninstaller: '${codes["1.0.0"]}'`,
    });
  });

  it("goes on with the others when one fails", async () => {
    define("broken", "  '1': {full_name: B, installer: 'salt://nothing.exe'}\n");
    expect(await json("install", "broken", "nothing", "hello")).toMatchObject({
      status: 1,
      broken: { "unable to cache": "salt://nothing.exe" },
      nothing: "Unable to locate package nothing",
      hello: { new: "1.1.0" },
    });
  });
});

describe("source_hash", () => {
  const sha256 = () =>
    createHash("sha256")
      .update(readFileSync(path.join(folder, "files/hello-1.0.0.msi")))
      .digest("hex");
  const cached = () =>
    path.join(
      kept().machine("simulated"),
      "C/ProgramData/Salt Project/Salt/var/cache/salt/minion/files/base/win/repo-ng/files/hello-1.0.0.msi",
    );

  it("is found in a file of checksums", async () => {
    writeFileSync(
      path.join(folder, "files/SHA256SUMS"),
      `${"0".repeat(64)}  other.msi\n${sha256()}  hello-1.0.0.msi\n`,
    );
    define("hello", `${helloVersion("1.0.0")}    source_hash: salt://files/SHA256SUMS\n`);
    expect(await json("install", "hello")).toMatchObject({ status: 0, hello: { new: "1.0.0" } });
  });

  it("keeps a file that differs from being run, and from the cache", async () => {
    define("hello", `${helloVersion("1.0.0")}    source_hash: sha256=${"0".repeat(64)}\n`);
    const { status, stdout } = await winrepo("install", "hello");
    expect(status).toBe(1);
    expect(stdout).toContain(`Source hash '${"0".repeat(64)}' does not match package hash '${sha256()}'`);
    expect(stdout).toContain("hello.sls:10:18");
    expect(existsSync(cached())).toBe(false);
    define("hello", `${helloVersion("1.0.0")}    source_hash: sha256=${sha256()}\n`);
    expect((await winrepo("install", "hello")).status).toBe(0);
    expect(existsSync(cached())).toBe(true);
  });
});

describe("without doing it", () => {
  it("finds definitions and files where a minion's file says", async () => {
    rmSync(path.join(folder, "hello.sls"));
    const root = path.join(folder, "srv");
    mkdirSync(path.join(root, "win/own"), { recursive: true });
    mkdirSync(path.join(root, "files"));
    cpSync(path.join(examples, "hello-1.1.0.msi"), path.join(root, "files/hello-1.1.0.msi"));
    const hello = helloVersion("1.1.0").replace("salt://win/repo-ng/files", "salt://files");
    writeFileSync(path.join(root, "win/own/hello.sls"), `hello:\n${hello}`);
    writeFileSync(path.join(folder, ".winrepo.yaml"), "salt:\n  minion: minion\n");
    writeFileSync(
      path.join(folder, "minion"),
      `winrepo_source_dir: salt://win/own/\nfile_roots:\n  base: ['${root}']\n`,
    );
    expect(await winrepo("install", "hello", "--dry-run")).toMatchObject({ status: 0 });
  });

  it("--dry-run looks whether the file server has the file", async () => {
    define("lost", helloVersion("1.1.0").replace("files/hello", "fils/hello"));
    const { status, stdout } = await winrepo("install", "lost", "--dry-run");
    expect(status).toBe(1);
    expect(stdout).toContain("There is no file salt://win/repo-ng/fils/hello-1.1.0.msi in the file roots");
    expect(stdout).not.toContain("Would run");
  });

  it("--dry-run names the commands, addresses and places", async () => {
    const { status, stdout } = await winrepo("install", "hello=1.0.0", "--dry-run");
    expect(status).toBe(0);
    const place =
      "C:\\ProgramData\\Salt Project\\Salt\\var\\cache\\salt\\minion\\files\\base\\win\\repo-ng\\files\\hello-1.0.0.msi";
    expect(stdout).toContain("fetch    salt://win/repo-ng/files/hello-1.0.0.msi");
    expect(stdout).toContain(place);
    expect(stdout).toContain(`"msiexec" /I "${place}" ALLUSERS=1 /qn`);
    expect(existsSync(kept().machine("simulated"))).toBe(false);
  });

  it("try works on a copy that is gone afterwards", async () => {
    const { status, stdout } = await winrepo("try", "hello=1.0.0");
    expect(status).toBe(0);
    expect(stdout).toContain("installed, recognised by name and version, and removed without a trace");
    expect(existsSync(kept().machine("simulated"))).toBe(false);
  });

  it("try finds a wrong product code", async () => {
    define("hello", helloVersion("1.0.0", "Hello (x64)", "{00000000-0000-0000-0000-000000000000}"));
    const { winrepo: result } = (await json("try", "hello")) as { winrepo: unknown; status: number };
    expect(result).toMatchObject({ corrections: [{ key: "uninstaller", to: codes["1.0.0"] }], leftBehind: [] });
  });
});

describe("what cannot be", () => {
  it.each([
    [["install", "hello="], 2, "hello=: write NAME=VERSION"],
    [["install", "=1"], 2, "=1: write NAME=VERSION"],
    [["install", "hello", "hello"], 2, "duplicated packages names"],
    [["install"], 2, "missing required argument"],
    [["install", "hello", "--timeout", "soon"], 2, "number of seconds"],
    [["install", "hello", "--shell", "bash"], 2, "Allowed choices are cmd, none"],
    [["install", "hello", "--report", "."], 2, ".: a folder; name a file"],
    [["install", "hello", "--report", "no/such.html"], 2, "no/such.html: there is no folder"],
    [["install", "hello", "--target", "nowhere"], 1, "There is no target nowhere"],
  ])("%j", async (args, status, message) => {
    const result = await winrepo(...args);
    expect(result.status).toBe(status);
    expect(result.stderr).toContain(message);
  });

  it("a target that another run holds", async () => {
    const lock = takeLock(path.join(kept().runs("simulated"), "lock"), "install firefox");
    const { status, stderr } = await winrepo("install", "hello");
    expect(status).toBe(1);
    expect(stderr).toContain(`Locked by process ${process.pid}`);
    expect((await winrepo("list-pkgs")).status).toBe(0);
    lock.release();
    expect((await winrepo("install", "hello")).status).toBe(0);
  });
});

it.each([["install", "hello=1.0.0"], ["upgrade"], ["remove", "hello"], ["try", "hello"]])(
  "writes an HTML page about %s",
  async (...args) => {
    const file = path.join(folder, "report.html");
    expect(await winrepo(...args, "--report", "report.html")).toMatchObject({ status: 0 });
    const page = readFileSync(file, "utf8");
    expect(page).toContain(`<h1>winrepo ${args.join(" ")}</h1>`);
    expect(page.trimEnd()).toMatch(/<\/html>$/);
  },
);

it("writes down what was done", async () => {
  await winrepo("install", "hello");
  const log = readFileSync(path.join(kept().runs("simulated"), "log.jsonl"), "utf8");
  const events = log
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ event }) => event)).toEqual(["start", "fetch", "run", "exit", "end"]);
  expect(events[2]).toMatchObject({ package: "hello", line: expect.stringContaining('"msiexec" /I') });
});
