import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { dbCommand } from "../../engine/cli/commands/db.js";
import { genrepoCommand } from "../../engine/cli/commands/genrepo.js";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { encodeMsgpack } from "../../engine/repo/msgpack.js";
import { temporaryFolder } from "../repo/folder.js";

const folder = temporaryFolder();

async function winrepo(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: folder.root,
    env: { XDG_CACHE_HOME: path.join(folder.root, ".cache") },
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  };
  const status = await runCli(args, io, [dbCommand, genrepoCommand]);
  return { status, stdout, stderr, json: () => JSON.parse(stdout) };
}

const version = (number: string, more = "") => `  '${number}':\n    full_name: Tool ${number}\n${more}`;

/** A machine's file, made from definitions that are then changed. */
async function machine(files: { [name: string]: string }): Promise<void> {
  folder.write(files);
  await winrepo("genrepo", "--no-failhard", "--out", "machine.p");
}

describe("winrepo db show", () => {
  it("lists packages, versions and the definitions that were refused", async () => {
    await machine({ "a.sls": `a:\n${version("9.0")}${version("10.0")}`, "b.sls": "b:\n  1.10: {}\n" });
    const { status, stdout } = await winrepo("db", "show", "machine.p");
    expect(stdout).toMatch(
      /^a {2}10\.0, 9\.0\n1 definition that machine refused:\n✗ b\.sls\n {4}package 'b', version number 1\.1 is not a string\n1 package, 2 versions; \d+ bytes, written \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/,
    );
    expect(status).toBe(1);
  });

  it("shows all of a package, and says why there is none", async () => {
    await machine({ "a.sls": `a:\n${version("1.0", "    msiexec: true\n")}` });
    expect(await winrepo("db", "show", "machine.p", "a")).toMatchObject({
      status: 0,
      stdout: `a:\n  1.0:\n    full_name: "Tool 1.0"\n    msiexec: true\n`,
    });
    expect(await winrepo("db", "show", "machine.p", "z")).toMatchObject({
      status: 1,
      stderr: "winrepo: z: no package of that name in it\n",
    });
    expect((await winrepo("db", "show", "machine.p", "Tool 1.0")).stderr).toContain("that is the full_name of a");
  });

  it("hides secrets and shows control characters, in text and JSON", async () => {
    await machine({ "a.sls": `a:\n${version("1.0", '    installer: "https://me:s3cret@h/a.exe?token=abc"\n')}` });
    const shown = await winrepo("db", "show", "machine.p", "a");
    expect(shown.stdout).toContain('installer: "https://***@h/a.exe?token=***"');
    const json = await winrepo("db", "show", "machine.p", "--json");
    expect(json.json().packages.a["1.0"].installer).toBe("https://***@h/a.exe?token=***");
    writeFileSync(path.join(folder.root, "evil.p"), encodeMsgpack("\u001b[2J"));
    folder.write({ "a.sls": `"\\e[2Ja":\n${version("1.0")}` });
    await winrepo("genrepo", "--out", "evil.p");
    expect((await winrepo("db", "show", "evil.p")).stdout).toMatch(/^\\u001b\[2Ja {2}1\.0\n/);
  });

  it.each([
    ["nothing.p", 2, "there is no such file"],
    ["folder", 2, "is a folder; name the winrepo.p itself"],
    ["pipe", 2, "is no regular file"],
    ["huge.p", 1, "no winrepo.p needs more than 64 MB"],
    ["text.p", 1, "is no winrepo.p, or damaged"],
  ])("says what is wrong with %s", async (name, status, message) => {
    mkdirSync(path.join(folder.root, "folder"), { recursive: true });
    writeFileSync(path.join(folder.root, "huge.p"), "");
    truncateSync(path.join(folder.root, "huge.p"), 65 * 1024 * 1024);
    writeFileSync(path.join(folder.root, "text.p"), "repo: {}\n");
    execFileSync("mkfifo", [path.join(folder.root, "pipe")]);
    for (const args of [
      ["show", name],
      ["diff", name],
    ]) {
      const result = await winrepo("db", ...args);
      expect(result.stderr).toContain(message);
      expect(result.status).toBe(status);
    }
  });
});

describe("winrepo db diff", () => {
  it("finds nothing where there is nothing", async () => {
    await machine({ "a.sls": `a:\n${version("1.0")}` });
    const { status, stdout } = await winrepo("db", "diff", "machine.p");
    expect([status, stdout]).toEqual([0, "1 package the same\nThe machine finds what . defines for windows-amd64.\n"]);
    expect((await winrepo("db", "diff", "machine.p", "--json")).json()).toMatchObject({ same: true, equal: 1 });
  });

  it("names packages, versions and attributes", async () => {
    await machine({
      "a.sls": `a:\n${version("1.0", "    install_flags: /S\n    reboot: true\n")}${version("0.9")}`,
      "gone.sls": `gone:\n${version("1.0")}`,
      "same.sls": `same:\n${version("3.0")}`,
    });
    rmSync(path.join(folder.root, "gone.sls"));
    folder.write({
      "a.sls": `a:\n${version("2.0")}${version("1.0", "    install_flags: /quiet\n    locale: en_US\n")}`,
      "new.sls": `new:\n${version("5.0")}`,
    });
    const { status, stdout } = await winrepo("db", "diff", "machine.p");
    expect(stdout).toBe(
      [
        "missing  new  5.0",
        "         its database says nothing of new.sls: the file was not there when it was made, or the machine's grains leave the " +
          "package out; run pkg.refresh_db there, then compare with --profile and that machine's grains",
        "extra    gone  1.0",
        "changed  a  (a.sls)",
        "         missing there: 2.0",
        "         there alone: 0.9",
        "         1.0",
        '           install_flags: there "/S", here "/quiet"',
        '           locale: missing there, here "en_US"',
        "           reboot: there alone, true",
        "1 package missing there, 1 there alone, 1 changed, 1 package the same",
        "Compared with . for windows-amd64; name the machine's own facts with --profile (winrepo target capture).",
        "",
      ].join("\n"),
    );
    expect(status).toBe(1);
    const json = (await winrepo("db", "diff", "machine.p", "--json")).json();
    expect(json).toMatchObject({
      same: false,
      profile: "windows-amd64",
      missing: [{ name: "new", versions: ["5.0"], file: "new.sls" }],
      extra: [{ name: "gone", versions: ["1.0"] }],
      changed: [
        {
          name: "a",
          file: "a.sls",
          missing: ["2.0"],
          extra: ["0.9"],
          changed: [{ version: "1.0", attributes: [{ key: "install_flags", there: "/S", here: "/quiet" }, {}, {}] }],
        },
      ],
    });
  });

  it.each([
    [
      "the definition was refused there",
      { "a.sls": "a:\n  1.10: {}\n" },
      "genrepo refused a.sls on that machine: package 'a', version number 1.1 is not a string",
    ],
    ["it has another name there", { "a.sls": `old:\n${version("1.0")}` }, "knows 'Tool 1.0' under another name: old"],
    [
      "its file is older there",
      { "a.sls": `other:\n  '1.0':\n    full_name: O\n` },
      "a.sls gave that machine other without it",
    ],
  ])("says why: %s", async (_, before, reason) => {
    await machine(before as { [name: string]: string });
    const other = reason.includes("other without") ? "other:\n  '1.0':\n    full_name: O\n" : "";
    folder.write({ "a.sls": `a:\n${version("1.0")}${other}` });
    const { status, stdout } = await winrepo("db", "diff", "machine.p");
    expect(stdout).toContain("missing  a  1.0\n");
    expect(stdout).toContain(reason);
    expect(status).toBe(1);
  });

  it("says when only a secret differs", async () => {
    const at = (password: string) => `a:\n${version("1.0", `    installer: https://me:${password}@h/a.exe\n`)}`;
    await machine({ "a.sls": at("one") });
    folder.write({ "a.sls": at("two") });
    const { stdout } = await winrepo("db", "diff", "machine.p");
    expect(stdout).toContain('installer: "https://***@h/a.exe" on both sides, but the part that is hidden differs');
  });

  it("compares with what another kind of machine finds", async () => {
    await machine({ "a.sls": `{% if grains.cpuarch == 'AMD64' %}a:\n${version("1.0")}{% endif %}` });
    expect((await winrepo("db", "diff", "machine.p")).status).toBe(0);
    const { status, stdout } = await winrepo("db", "diff", "machine.p", "--profile", "windows-x86");
    expect(stdout).toContain("extra    a  1.0");
    expect(status).toBe(1);
  });
});
