import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../engine/cli/program.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";
import { readWinrepoFile } from "../../engine/repo/winrepo-p.js";
import { ProjectState } from "../../engine/state/project-state.js";
import { temporaryFolder } from "../repo/folder.js";

const folder = temporaryFolder();

async function winrepo(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const status = await runCli(args, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: folder.root,
    env: { WINREPO_STATE: path.join(folder.root, ".kept"), WINREPO_PASSPHRASE: "open sesame" },
    color: false,
    signal: new AbortController().signal,
    renderHost: inProcessHost,
  });
  return { status, stdout, stderr, json: () => JSON.parse(stdout) };
}

const good = (name: string, ...versions: string[]) =>
  `${name}:\n${versions.map((version) => `  '${version}':\n    full_name: ${name} ${version}\n`).join("")}`;

describe("winrepo genrepo", () => {
  it("prints Salt's return, and beside it what stops Salt", async () => {
    folder.write({ "a.sls": good("a", "1.0"), "b.sls": "b:\n  1.10:\n    full_name: B\n", "c.sls": "c:\n" });
    const { status, json } = await winrepo("genrepo", "--json", "--out", "winrepo.p");
    expect(status).toBe(1);
    const { winrepo: beyond, ...salt } = json();
    expect(salt).toEqual({
      total: 3,
      success: 1,
      failed: 2,
      failed_list: {
        "b.sls": ["package 'b', version number 1.1 is not a string"],
        "c.sls": ["Would abort Salt's whole refresh, AttributeError: 'NoneType' object has no attribute 'items'"],
      },
    });
    expect(beyond).toMatchObject({
      profile: "windows-amd64",
      aborts: [{ file: "c.sls", reason: "AttributeError: 'NoneType' object has no attribute 'items'" }],
      files: { rendered: 3, reused: 0 },
      out: path.join(folder.root, "winrepo.p"),
    });
    expect([...(await readWinrepoFile(path.join(folder.root, "winrepo.p"))).repo.keys()]).toEqual(["a"]);
  });

  it("writes through a link that the person named, and replaces one that lies in winrepo.p's place", async () => {
    folder.write({ "a.sls": good("a", "1.0") });
    const [mine, link] = [path.join(folder.root, "mine"), path.join(folder.root, "winrepo.p")];
    writeFileSync(mine, "mine");
    symlinkSync("mine", link);
    expect((await winrepo("genrepo")).status).toBe(0);
    expect([readFileSync(mine, "utf8"), lstatSync(link).isFile()]).toEqual(["mine", true]);
    rmSync(link);
    symlinkSync("mine", link);
    await winrepo("genrepo", "--out", "winrepo.p");
    expect([(await readWinrepoFile(mine)).repo.size, lstatSync(link).isSymbolicLink()]).toEqual([1, true]);
  });

  it("tells people first what is wrong and last the sum", async () => {
    folder.write({ "a.sls": good("a", "1.0", "2.0"), "b.sls": "- list\n" });
    const { status, stdout } = await winrepo("genrepo");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^✗ b\.sls\n {4}Compiled contents, not a dictionary\/hash\n\n2 files: 1 fine, 1 failed\n1 package, 2 versions for windows-amd64 \(.*\)\nWritten to winrepo\.p\.\n$/,
    );
    expect((await winrepo("genrepo", "--no-failhard")).status).toBe(0);
    expect((await winrepo("genrepo", "--verbose", "--json")).json().success_list).toEqual({ "a.sls": ["a"] });
  });

  it("goes on past each file that cannot be read", async () => {
    folder.write({
      "good.sls": good("good", "1.0"),
      "latin.sls": new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]),
      "big.sls": "",
      "dir.sls/in.sls": good("inside", "1.0"),
    });
    truncateSync(path.join(folder.root, "big.sls"), 50 * 1024 * 1024);
    const { status, json } = await winrepo("genrepo", "--json", "--verbose");
    expect(status).toBe(1);
    expect(json().success_list).toEqual({ "good.sls": ["good"], "dir.sls/in.sls": ["inside"] });
    expect(Object.keys(json().failed_list)).toEqual(["big.sls", "latin.sls"]);
    expect(json().failed_list["latin.sls"][0]).toMatch(/^Failed to read, 'utf-8' codec can't decode byte 0xe9/);
    expect(json().winrepo.notes[0]).toMatch(/^dir\.sls: a folder/);
  });

  it("takes files that did not change from the last run, unless told not to", async () => {
    folder.write({ "a.sls": good("a", "1.0") });
    await winrepo("genrepo");
    expect((await winrepo("genrepo", "--json")).json().winrepo.files).toEqual({ rendered: 0, reused: 1 });
    expect((await winrepo("genrepo", "--json", "--no-cache")).json().winrepo.files).toEqual({ rendered: 1, reused: 0 });
    const other = await winrepo("genrepo", "--json", "--profile", "windows-x86");
    expect(other.json().winrepo.files).toEqual({ rendered: 1, reused: 0 });
  });

  it("leaves out what the project excludes, and says so", async () => {
    folder.write({ ".winrepo.yaml": "exclude: ['old/**']\n", "a.sls": good("a", "1"), "old/b.sls": "b:\n" });
    const { status, json } = await winrepo("genrepo", "--json");
    expect([status, json().total]).toEqual([0, 1]);
    expect(json().winrepo.notes).toEqual(["1 file is left out as the project file says; a minion would read it"]);
  });

  it.each([
    [["genrepo", "nowhere"], "nowhere: no such folder"],
    [["genrepo", "a.sls"], "a.sls: a file; name the folder"],
    [["genrepo", "--profile", "nobody"], "profile nobody"],
    [["genrepo", "--out", "no/where.p"], "there is no folder"],
    [["genrepo", "--nope"], "unknown option"],
  ])("refuses %j", async (args, message) => {
    folder.write({ "a.sls": good("a", "1.0") });
    const { status, stderr, stdout } = await winrepo(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("writes where Salt does, elsewhere with --out, and nothing with --no-out", async () => {
    folder.write({
      ".winrepo.yaml": "salt:\n  winrepo_cachefile: mine.p\n  winrepo_dir: old/repo\n",
      "win/repo-ng/a.sls": good("a", "1.0"),
      "old/repo/b.sls": "{% if grains['cpuarch'] == 'AMD64' %}\nb64: {}\n{% else %}\nb32: {}\n{% endif %}\n",
    });
    expect((await winrepo("genrepo", "--no-out")).stdout).toContain("Nothing is written");
    expect(existsSync(path.join(folder.root, "win/repo-ng/mine.p"))).toBe(false);
    expect((await winrepo("genrepo")).stdout).toContain("Written to win/repo-ng/mine.p.");
    const legacy = await winrepo("genrepo", "--legacy", "--json");
    expect(legacy.json()).toMatchObject({ repo: { b32: {} }, winrepo: { profile: "master" } });
    expect(existsSync(path.join(folder.root, "old/repo/mine.p"))).toBe(true);
    const other = await winrepo("genrepo", "--legacy", "--profile", "windows-amd64", "--json", "--out", "o.p");
    expect(other.json()).toMatchObject({ repo: { b64: {} }, winrepo: { out: path.join(folder.root, "o.p") } });
  });

  it("says why it cannot write, beside what it found", async () => {
    folder.write({ "a.sls": "- list\n", "winrepo.p/in": "" });
    const { status, stdout, stderr } = await winrepo("genrepo");
    expect(status).toBe(1);
    expect(stdout).toContain("✗ a.sls");
    expect(stderr).toContain("winrepo.p: cannot be written: it is a folder; --out names another file");
  });

  it("knows the runner's rules", async () => {
    folder.write({ "a.sls": "a:\n  1.10:\n    full_name: A\n", ".h/b.sls": good("b", "1.0") });
    const { json } = await winrepo("genrepo", "--legacy", "--json");
    expect(json().repo.a).toEqual({ "1.1": { full_name: "A" } });
    expect(json().name_map).toEqual({ A: "a", "b 1.0": "b" });
  });
});

describe("the queries", () => {
  it("answer in Salt's shape, and for people", async () => {
    folder.write({ "a.sls": good("a", "1.9", "1.10"), "b.sls": good("b", "latest") });
    expect((await winrepo("list-available", "a", "--json")).json()).toEqual(["1.9", "1.10"]);
    expect((await winrepo("list-available", "a", "b", "x", "--json")).json()).toEqual({
      a: ["1.9", "1.10"],
      b: ["latest"],
    });
    expect((await winrepo("list-available", "x", "--json")).json()).toBe("");
    expect((await winrepo("list-available", "--json")).json()).toEqual({ a: ["1.9", "1.10"], b: ["latest"] });
    expect((await winrepo("list-available", "--reverse-sort")).stdout).toBe("a  1.10, 1.9\nb  latest\n");
    expect((await winrepo("list-available", "x")).status).toBe(1);
    expect((await winrepo("list-available", "a", "--reverse-sort")).stdout).toBe("1.10\n1.9\n");
    expect((await winrepo("list-repo-pkgs", "A*", "--json")).json()).toEqual({ a: ["1.10", "1.9"] });
    expect((await winrepo("get-package-info", "b", "--json")).json()).toEqual({ latest: { full_name: "b latest" } });
    expect((await winrepo("latest-version", "a", "--json")).json()).toBe("1.10");
    expect((await winrepo("upgrade-available", "b")).stdout).toBe("true\n");
    expect((await winrepo("list-upgrades", "--json")).json()).toEqual({});
    expect((await winrepo("compare-versions", "1.0", "<", "1.0.0")).stdout).toBe("true\n");
    expect((await winrepo("compare-versions", "", "<", "1")).status).toBe(2);
    expect((await winrepo("show-sls", "a", "--json")).json()).toEqual({
      a: { "1.9": { full_name: "a 1.9" }, "1.10": { full_name: "a 1.10" } },
    });
    mkdirSync(path.join(folder.root, "b"));
    folder.write({ "elsewhere/a/init.sls": "" });
    expect((await winrepo("show-sls", "b", "--json")).json()).toHaveProperty("b");
    expect((await winrepo("show-sls", "elsewhere", "--json")).status).toBe(1);
    expect((await winrepo("show-sls", "x", "--json")).json()).toBe("Software definition x not found");
  });

  it("ask a winrepo.p instead", async () => {
    folder.write({ "a.sls": good("a", "1.0"), "torn.p": "x" });
    await winrepo("genrepo", "--out", "w.p");
    folder.write({ "a.sls": good("a", "2.0") });
    expect((await winrepo("list-available", "a", "--db", "w.p", "--json")).json()).toEqual(["1.0"]);
    expect(await winrepo("list-available", "a", "--db", "torn.p")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("is damaged"),
    });
  });
});

describe("winrepo refresh-db", () => {
  it("makes the cache of a minion in the project, and does nothing while it is young enough", async () => {
    folder.write({ "a.sls": good("a", "1.0"), "map.jinja": "" });
    const state = new ProjectState(folder.root, { env: { WINREPO_STATE: path.join(folder.root, ".kept") } });
    const { status, json } = await winrepo("refresh-db", "--json");
    expect(status).toBe(0);
    expect(json()).toMatchObject({ total: 1, success: 1, failed: 0, winrepo: { sync: { written: ["a.sls"] } } });
    const cached = path.join(state.minionCache, "files/base/win/repo-ng");
    expect(readdirSync(cached).sort()).toEqual(["a.sls", "winrepo.p"]);
    expect((await winrepo("refresh-db", "--if-due")).stdout).toContain("is not old enough");
  });

  it("puts the definitions and their database on a target, and removes those that are gone", async () => {
    folder.write({ "a.sls": good("a", "1.0"), "sub/b.sls": good("b", "1.0") });
    const first = await winrepo("refresh-db", "--target", "simulated", "--json");
    expect(first.stderr).toBe("");
    expect(first.json().winrepo.target.written).toEqual(["a.sls", "sub/b.sls"]);
    folder.write({ "a.sls": good("a", "2.0") });
    const second = await winrepo("refresh-db", "--target", "simulated", "--json");
    expect(second.json().winrepo.target).toMatchObject({ written: ["a.sls"], removed: [], unchanged: 1 });
    rmSync(path.join(folder.root, "sub"), { recursive: true });
    const third = await winrepo("refresh-db", "--target", "simulated", "--json");
    expect(third.json().winrepo.target.removed).toEqual([expect.stringMatching(/\\win\\repo-ng\\sub\\b\.sls$/)]);
  });

  it("carries Salt's exception when files failed", async () => {
    folder.write({ "a.sls": "- list\n" });
    const { status, json } = await winrepo("refresh-db", "--json");
    expect(status).toBe(1);
    expect(json().winrepo.error).toMatch(
      /^Error occurred while generating repo db\. Additional info follows:\n\nfailed:/,
    );
  });
});

describe("which files belong to the repository", () => {
  /** What refresh-db and genrepo find, with nothing named. */
  async function found() {
    const refreshed = await winrepo("refresh-db", "--json", "--no-cache");
    const generated = await winrepo("genrepo", "--json", "--verbose");
    return {
      refreshed: refreshed.json().winrepo.sync.written,
      total: [refreshed.json().total, generated.json().total],
      generated: Object.keys(generated.json().success_list),
      statuses: [refreshed.status, generated.status],
      notes: refreshed.json().winrepo.notes,
    };
  }

  const state = "nginx:\n  pkg.installed: []\n";

  it("takes each file once where the project is a file root", async () => {
    folder.write({ "win/repo-ng/a.sls": good("a", "1"), "win/repo-ng/sub/b.sls": good("b", "1"), "nginx.sls": state });
    expect(await found()).toMatchObject({
      refreshed: ["a.sls", "sub/b.sls"],
      generated: ["a.sls", "sub/b.sls"],
      statuses: [0, 0],
    });
    expect((await winrepo("list-available", "a")).stdout).toBe("1\n");
    expect((await winrepo("lint", "--json")).json().summary).toMatchObject({ files: 2, skipped: 1 });
  });

  it("takes each file once where a file root lies in the project", async () => {
    folder.write({
      ".winrepo.yaml": "fileRoots: [srv/salt]\n",
      "srv/salt/win/repo-ng/a.sls": good("a", "1"),
      "srv/salt/top.sls": "base:\n  '*':\n    - nginx\n",
    });
    expect(await found()).toMatchObject({ refreshed: ["a.sls"], generated: ["a.sls"], statuses: [0, 0] });
  });

  it("goes by the roots of a master's or minion's file", async () => {
    folder.write({
      ".winrepo.yaml": "salt:\n  master: etc/master\n",
      "etc/master": `file_roots:\n  base:\n    - ${path.join(folder.root, "srv/salt")}\n`,
      "srv/salt/win/repo-ng/a.sls": good("a", "1"),
      "srv/salt/nginx.sls": state,
    });
    expect(await found()).toMatchObject({ refreshed: ["a.sls"], generated: ["a.sls"], statuses: [0, 0] });
  });

  it("finds nothing, as Salt, where those roots have no definitions, and says where it looked", async () => {
    const root = path.join(folder.root, "base");
    folder.write({
      ".winrepo.yaml": "salt:\n  minion: etc/minion\n",
      "etc/minion": `file_roots:\n  base:\n    - ${root}\n`,
      "a.sls": good("a", "1"),
    });
    const { json } = await winrepo("refresh-db", "--json");
    expect(json()).toMatchObject({ total: 0 });
    expect(json().winrepo.notes.join("\n")).toContain(`there are no definitions at salt://win/repo-ng/ in ${root}`);
  });

  it("finds nothing, as Salt, where the minion reads another folder, and names the folder", async () => {
    folder.write({
      ".winrepo.yaml": "salt:\n  minion: etc/minion\n",
      "etc/minion": `file_roots:\n  base:\n    - ${path.join(folder.root, "srv")}\n`,
      "srv/win/repo/a.sls": good("a", "1"),
    });
    const { json } = await winrepo("refresh-db", "--json");
    expect(json()).toMatchObject({ total: 0 });
    expect(json().winrepo.notes.join("\n")).toContain("there are some at salt://win/repo/");
  });

  it("finds nothing, as Salt, in a cache below a hidden folder, and says why", async () => {
    folder.write({ ".winrepo.yaml": "salt:\n  cachedir: .cache/salt\n", "a.sls": good("a", "1") });
    const { json, stderr } = await winrepo("refresh-db", "--json");
    expect(json()).toMatchObject({ total: 0 });
    expect(json().winrepo.notes.join("\n")).toContain("'.cache', whose name begins with a dot");
    expect(stderr).toContain("'cachedir' lies in '.cache'");
    expect((await winrepo("config")).status).toBe(1);
  });

  it("is the project's folder where that is the repository itself", async () => {
    folder.write({ "a.sls": good("a", "1"), ".winrepo.yaml": "fileRoots: [helpers]\n", "helpers/map.jinja": "" });
    expect(await found()).toMatchObject({ refreshed: ["a.sls"], generated: ["a.sls"], statuses: [0, 0] });
  });

  it("never reads what Winrepo keeps, not even as the runner does, which looks into hidden folders", async () => {
    folder.write({ "a.sls": good("a", "1"), ".winrepo/cache/files/base/win/repo-ng/gone.sls": good("gone", "1") });
    expect((await winrepo("genrepo", "--legacy", "--json")).json().winrepo.files.total).toBe(1);
  });
});

describe("winrepo config", () => {
  it("shows values with their origin and no secret", async () => {
    folder.write({
      ".winrepo.yaml": "salt:\n  minion: etc/minion\n  winrepo_cachefile: mine.p\n",
      "etc/minion": [
        "winrepo_branch: main",
        "winrepo_remotes_ng:",
        "  - https://me:hidden@example.com/a.git",
        "  - https://example.com/b.git:",
        "    - user: me",
        "    - password: hidden",
      ].join("\n"),
    });
    const { status, json, stdout } = await winrepo("config", "--json");
    expect(status).toBe(0);
    expect(stdout).not.toContain("hidden");
    expect(stdout).not.toContain("sesame");
    expect(json().options.winrepo_branch).toEqual({
      value: "main",
      origin: { kind: "file", file: path.join(folder.root, "etc/minion"), line: 1 },
    });
    expect(json().options.winrepo_cachefile.origin.kind).toBe("project");
    expect(json().options.winrepo_passphrase).toEqual({
      value: "********",
      origin: { kind: "environment", variable: "WINREPO_PASSPHRASE" },
    });
    expect((await winrepo("config")).stdout).toMatch(/winrepo_branch {13}main\n +└ etc\/minion:1\n/);
  });

  it("checks the project file's own options and targets, and shows what refresh-db goes by", async () => {
    folder.write({
      ".winrepo.yaml":
        "salt:\n  winrepo_dri: x\n  winrepo_dir_ng: 5\n  win_repo_cachefile: mine.p\ntargets:\n  box: {kind: ssh, hostt: h}\n",
    });
    const { status, stderr, stdout, json } = await winrepo("config", "--json");
    expect(status).toBe(1);
    expect(stdout).not.toBe("");
    expect(stderr).toContain(
      ".winrepo.yaml:2:3: salt: There is no option 'winrepo_dri' that counts here. Did you mean",
    );
    expect(stderr).toContain(".winrepo.yaml:3:19: salt: 'winrepo_dir_ng' must be a text");
    expect(stderr).toContain("targets.box: there is no 'hostt'; did you mean 'host'?");
    const { options } = json();
    expect(options.winrepo_cachefile.value).toBe("mine.p");
    expect(options.cachedir.origin.kind).toBe("winrepo");
    expect(options.file_roots).toMatchObject({ value: { base: [folder.root] }, origin: { kind: "winrepo" } });
    folder.write({ "a.sls": good("a", "1") });
    await winrepo("refresh-db");
    expect(existsSync(path.join(options.cachedir.value, "files/base/win/repo-ng/mine.p"))).toBe(true);
  });
});

describe("winrepo update-git-repos", () => {
  it("reports remotes that cannot be used, and does without any", async () => {
    folder.write({ ".winrepo.yaml": "salt:\n  winrepo_remotes: []\n  winrepo_remotes_ng: []\n" });
    expect(await winrepo("update-git-repos")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("No remotes"),
    });
    const remotes = "salt:\n  winrepo_remotes: []\n  winrepo_dir_ng: ng\n  winrepo_remotes_ng: ['git://h/a.git']\n";
    folder.write({ ".winrepo.yaml": remotes });
    const { status, stdout } = await winrepo("update-git-repos");
    expect(status).toBe(1);
    expect(stdout).toContain("'git://h/a.git' is no URL that Salt takes");
    expect(existsSync(path.join(folder.root, "ng"))).toBe(false);
  });

  it("does not clean when there is nobody to ask", async () => {
    mkdirSync(path.join(folder.root, "ng/stray"), { recursive: true });
    folder.write({ ".winrepo.yaml": "salt:\n  winrepo_remotes: []\n  winrepo_dir_ng: ng\n  winrepo_remotes_ng: []\n" });
    expect((await winrepo("update-git-repos", "--clean")).status).toBe(2);
    expect(existsSync(path.join(folder.root, "ng/stray"))).toBe(true);
  });
});

describe("winrepo export", () => {
  it("writes release lists and a catalogue with findings", async () => {
    folder.write({
      "sub/a.sls": `${good("a", "1.0")}    installer: https://example.com/a.exe\n    instal_flags: /S\n`,
    });
    expect((await winrepo("export", "--releases", "out", "--html", "site/index.html")).status).toBe(0);
    expect(readFileSync(path.join(folder.root, "out/a.json"), "utf8")).toContain('"version":"1.0"');
    const page = readFileSync(path.join(folder.root, "site/index.html"), "utf8");
    expect(page).toContain("sub/a.sls");
    expect(page).toContain("unknown-key");
    expect((await winrepo("export")).status).toBe(2);
  });

  it("names what it leaves out, writes the rest, and removes what is gone", async () => {
    folder.write({ "a.sls": good("a", "1.0"), "b.sls": good("b", "1.0"), "c.sls": good("c", "1.0") });
    expect((await winrepo("export", "--releases", "out")).status).toBe(0);
    folder.write({ "b.sls": "b:\n  1.10:\n    full_name: B\n", "d.sls": "{% if %}" });
    rmSync(path.join(folder.root, "c.sls"));
    const { status, stdout, stderr } = await winrepo("export", "--releases", "out", "--html", "c.html");
    expect(status).toBe(1);
    expect(stderr).toContain("b.sls is left out for windows-amd64, windows-x86: package 'b', version number 1.1");
    expect(stderr).toContain("d.sls is left out for");
    expect(stdout).toContain("1 release list in out, 2 removed of packages that are gone");
    expect(readdirSync(path.join(folder.root, "out"))).toEqual(["a.json"]);
    expect(existsSync(path.join(folder.root, "c.html"))).toBe(true);
  });
});
