import {
  chmodSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lintCommand } from "../../engine/cli/commands/lint.js";
import { runCli } from "../../engine/cli/program.js";
import { encodeIndex } from "../../engine/git/index-file.js";
import { inProcessHost } from "../../engine/repo/disk-file-server.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-lint-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const good =
  "good:\n  '1.0':\n    full_name: Good\n    installer: 'https://example.com/good.exe'\n    install_flags: '/S'\n";
const bad = "bad:\n  1.10:\n    full_name: Bad\n    foo: bar\n";

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

async function run(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const status = await runCli(
    ["lint", ...args],
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      cwd: folder,
      env: {},
      color: false,
      signal: new AbortController().signal,
      renderHost: inProcessHost,
    },
    [lintCommand],
  );
  return { status, stdout, stderr, json: () => JSON.parse(stdout) };
}

describe("winrepo lint", () => {
  it("ends with 0 and a count when all is well", async () => {
    write({ "good.sls": good });
    expect(await run()).toMatchObject({ status: 0, stdout: "1 file: 0 errors, 0 warnings\n", stderr: "" });
  });

  it("shows place, source line, what Salt does, and the change", async () => {
    write({ "sub/bad.sls": bad });
    const { status, stdout } = await run(".");
    expect(status).toBe(1);
    expect(stdout).toBe(
      [
        "sub/bad.sls:2:3: error: The version of 'bad' is the floating-point number 1.1 ('1.10' in the rendered text), not text. (version-not-string)",
        "    2 |   1.10:",
        "      |   ^^^^",
        "      = Salt reports \"package 'bad', version number 1.1 is not a string\" and drops every package of the file.",
        "      = help: Put it in quotes.",
        "      = fix: Quote the version: '1.10' (--fix)",
        "",
        "sub/bad.sls:4:5: warning: 'foo' of 'bad 1.1' is no attribute that Salt knows. (unknown-key)",
        "    4 |     foo: bar",
        "      |     ^^^",
        "      = Salt stores the attribute and never looks at it.",
        "      = help: Remove it, or name it in lint.knownKeys of .winrepo.yaml.",
        "",
        "1 file: 1 error, 1 warning, 1 fixable with --fix",
        "",
      ].join("\n"),
    );
  });

  it("prints the JSON of the contract", async () => {
    write({ "bad.sls": bad, "good.sls": good });
    const { status, json } = await run("--json");
    expect(status).toBe(1);
    const { findings, summary } = json();
    expect(summary).toMatchObject({ files: 2, errors: 1, warnings: 1 });
    expect(findings[0]).toMatchObject({
      file: "bad.sls",
      code: "version-not-string",
      severity: "error",
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } },
      profiles: ["windows-amd64", "windows-x86"],
      related: [],
      fix: {
        title: "Quote the version: '1.10'",
        edits: [
          { range: { start: { line: 1, character: 2 }, end: { line: 1, character: 2 } }, newText: "'" },
          { range: { start: { line: 1, character: 6 }, end: { line: 1, character: 6 } }, newText: "'" },
        ],
      },
    });
    expect(findings[0].message).toContain("drops every package of the file");
  });

  it("prints SARIF that its schema accepts", async () => {
    write({ "a b/bad.sls": bad, "dup/a.sls": good, "dup/b.sls": good });
    const { stdout, json } = await run("--format", "sarif");
    const schemaFile = createRequire(import.meta.url).resolve(
      "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
    );
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    // The schema is of draft 4; but for its name of itself it means the same in the draft that ajv knows.
    const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8"));
    expect([$schema, id]).toEqual([expect.stringContaining("draft-04"), expect.stringContaining("sarif")]);
    const validate = ajv.compile(schema);
    validate(json());
    expect(validate.errors).toBeNull();
    const [result] = json().runs[0].results;
    expect(result).toMatchObject({ ruleId: "version-not-string", level: "error" });
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "a%20b/bad.sls" },
      region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 },
    });
    expect(json().runs[0].tool.driver.rules[result.ruleIndex].id).toBe("version-not-string");
    expect(stdout).toContain("relatedLocations");
  });

  it("points at the places that explain a finding", async () => {
    write({ "sub/app.sls": "app:\n  {% for v in ['1.0'] %}\n  '1.0':\n    full_name: App\n" });
    const { stdout } = await run("sub/app.sls");
    expect(stdout).toContain("      = see: sub/app.sls:2:3: this block is never closed\n");
  });

  it("prints annotations for GitHub", async () => {
    write({ "bad.sls": bad });
    const { stdout } = await run("--format", "github");
    const [first, second] = stdout.trimEnd().split("\n");
    expect(first).toMatch(
      /^::error file=bad\.sls,line=2,endLine=2,col=3,endColumn=6,title=version-not-string::The version/,
    );
    expect(second).toMatch(/^::warning file=bad\.sls,line=4,/);
  });

  it("fixes what is safe, and nothing else; a second time nothing", async () => {
    write({ "bad.sls": bad, "good.sls": good });
    expect(await run("--fix")).toMatchObject({ status: 0 });
    const fixed = bad.replace("1.10", "'1.10'");
    expect(readFileSync(path.join(folder, "bad.sls"), "utf8")).toBe(fixed);
    const again = await run("--fix", "--json");
    expect(again.json().summary.fixed).toBe(0);
    expect(readFileSync(path.join(folder, "bad.sls"), "utf8")).toBe(fixed);
  });

  it("keeps switches for findings across files when it fixes one of them", async () => {
    const copy = good.replace("good:", "good:  # winrepo-lint: disable duplicate-package");
    write({ "a.sls": good, "b.sls": `${copy}  1.5:\n    full_name: Good\n` });
    await run("--fix");
    expect(readFileSync(path.join(folder, "b.sls"), "utf8")).toContain("disable duplicate-package");
  });

  it("counts warnings against --max-warnings and the project file", async () => {
    write({ "app.sls": good.replace("full_name", "foo: 1\n    full_name") });
    expect((await run()).status).toBe(0);
    expect(await run("--max-warnings", "0")).toMatchObject({
      status: 1,
      stderr: "winrepo: 1 warnings are more than the 0 that are allowed\n",
    });
    write({ ".winrepo.yaml": "lint: {maxWarnings: 0}\n" });
    expect((await run()).status).toBe(1);
    expect((await run("--max-warnings", "1")).status).toBe(0);
    expect((await run("--max-warnings", "few")).status).toBe(2);
  });

  it("shows hints only when asked", async () => {
    write({ "app.sls": good });
    expect((await run()).stdout).toBe("1 file: 0 errors, 0 warnings, 1 hint not shown (--hints)\n");
    expect((await run("--hints")).stdout).toContain("(package-name-file-name)");
  });

  it("checks for the profiles that are named", async () => {
    const source = `{% if grains['cpuarch'] == 'x86' %}\n${bad}{% endif %}\n`;
    write({ "bad.sls": source, "mine.json": '{"grains": {"cpuarch": "x86"}}' });
    expect((await run("--profile", "windows-amd64")).status).toBe(0);
    const { json } = await run("--json", "-p", "windows-amd64", "-p", "mine.json");
    expect(json().findings[0].profiles).toEqual(["mine"]);
    expect(json().findings[0].message).toContain("[mine]");
  });

  it.each(["tpldir ~ '/map.jinja'", "'./map.jinja'", "'map.jinja'"])(
    "offers the path of an import that works for %s",
    async (name) => {
      write({
        "app/app.sls": `{% from ${name} import x %}\napp:\n  '1.0':\n    full_name: App {{ x }}\n`,
        "app/map.jinja": "{% set x = 1 %}",
      });
      const { status, stdout } = await run("--json");
      expect(status).toBe(1);
      const [finding] = JSON.parse(stdout).findings;
      expect(finding.code).toBe("jinja-template-not-found");
      expect(finding.message).toContain("Imports start at the file server's root");
      expect(finding.message).toContain("Write 'win/repo-ng/app/map.jinja'.");
      write({
        "app/app.sls": "{% from 'win/repo-ng/app/map.jinja' import x %}\napp:\n  '1.0':\n    full_name: App {{ x }}\n",
      });
      expect((await run()).status).toBe(0);
    },
  );

  it("looks whether salt:// has a file, one level down, too", async () => {
    const installer = (url: string) => good.replace("https://example.com/good.exe", url);
    write({
      ".winrepo.yaml": "fileRoots: [srv]\n",
      "srv/win/repo-ng/tools/_/app/setup.exe": "",
      "srv/win/repo-ng/good.sls": installer("salt://win/repo-ng/tools/app/setup.exe"),
    });
    const [finding] = (await run("--json")).json().findings;
    expect(finding).toMatchObject({
      code: "salt-file-missing",
      message: expect.stringContaining("There is salt://win/repo-ng/tools/_/app/setup.exe. Since Salt 3006.3"),
      suggestions: [{ title: "Write salt://win/repo-ng/tools/_/app/setup.exe" }],
    });
  });

  it("says of a definition that update_git_repos removes it", async () => {
    const oid = "0".repeat(40);
    const entries = ["good.sls", "other/init.sls"].map((name) => ({ path: name, oid, mode: 0o100644 }));
    write({
      "win/repo-ng/tools/_/.git/index": encodeIndex(entries),
      "win/repo-ng/tools/_/good.sls": good,
      "win/repo-ng/tools/_/mine.sls": good.replaceAll(/good/gi, "mine"),
      "win/repo-ng/own/own.sls": good.replaceAll(/good/gi, "own"),
    });
    const { findings } = (await run("--json")).json();
    expect(findings).toMatchObject([{ code: "own-file-in-checkout", file: "win/repo-ng/tools/_/mine.sls" }]);
    write({ "win/repo-ng/tools/_/.git/index": "torn" });
    expect((await run("--json")).json().findings).toEqual([]);
  });

  it("lists what --fix changed, and keeps mode and names of the file; it follows no symbolic link", async () => {
    write({ "bad.sls": bad });
    const file = path.join(folder, "bad.sls");
    chmodSync(file, 0o640);
    linkSync(file, path.join(folder, "other-name"));
    symlinkSync("bad.sls", path.join(folder, "z.sls"));
    const link = await run("z.sls", "--fix");
    expect(link.stderr).toContain("z.sls: not changed, because it is a symbolic link; fix the file that it leads to");
    expect(readFileSync(file, "utf8")).toBe(bad);
    const { stdout } = await run("bad.sls", "--fix");
    expect(stdout).toContain("bad.sls: fixed: Quote the version: '1.10'");
    expect(readFileSync(path.join(folder, "other-name"), "utf8")).toContain("'1.10'");
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(lstatSync(path.join(folder, "z.sls")).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["bad.sls", "other-name", "z.sls"]);
  });

  it("names each file that it cannot write, fixes the others, and prints the findings", async () => {
    write({ "a.sls": bad, "b.sls": bad.replace("bad", "b"), "c.sls": bad.replace("bad", "c") });
    chmodSync(path.join(folder, "b.sls"), 0o444);
    const { status, stdout, stderr } = await run("--fix");
    expect(status).toBe(1);
    expect(stderr).toContain("winrepo: b.sls: cannot be written: it is read-only; nothing is changed in it\n");
    expect(stdout).toContain("a.sls: fixed:");
    expect(stdout).toContain("c.sls: fixed:");
    expect(stdout).toContain("b.sls:2:3: error: The version of 'b'");
    expect(readFileSync(path.join(folder, "b.sls"), "utf8")).toContain("  1.10:");
  });

  it("shows with --diff what --fix would change, and changes nothing", async () => {
    write({ "bad.sls": bad });
    const { status, stdout } = await run("--diff");
    expect(status).toBe(1);
    expect(stdout).toContain("--- a/bad.sls\n+++ b/bad.sls\n@@ ");
    expect(stdout).toContain("\n-  1.10:\n+  '1.10':\n");
    expect(stdout).toContain("1 error");
    expect(readFileSync(path.join(folder, "bad.sls"), "utf8")).toBe(bad);
    const { changed, summary } = (await run("--diff", "--json")).json();
    expect(changed).toMatchObject([{ file: "bad.sls", changes: ["Quote the version: '1.10'"] }]);
    expect(summary.fixed).toBe(0);
  });

  it("fails on a folder without a definition, unless that is fine", async () => {
    write({ "empty/README.md": "", "states/nginx.sls": "nginx:\n  pkg.installed: []\n", "good/good.sls": good });
    const { status, stderr } = await run("empty");
    expect([status, stderr]).toEqual([
      1,
      "winrepo: empty: no definitions found here; with --allow-empty that is fine\n",
    ]);
    expect((await run("states")).stderr).toContain("no definitions found here: 1 file passed over");
    expect((await run("good", "empty")).status).toBe(1);
    expect((await run("empty", "--allow-empty")).status).toBe(0);
    expect((await run(".", "good")).status).toBe(0);
  });

  it("updates the baseline of what it looked at, and keeps what it knows of other files", async () => {
    write({ "one.sls": bad, "sub/two.sls": bad, "gone.sls": bad });
    expect(await run("--baseline", "known.json", "--update-baseline")).toMatchObject({ status: 0 });
    write({ "one.sls": good.replaceAll(/good/gi, "one") });
    const one = await run("one.sls", "--baseline", "known.json", "--update-baseline");
    expect(one.stderr).toMatch(/; \d+ of files that were not looked at stay/);
    const knownIn = () => {
      const { findings } = JSON.parse(readFileSync(path.join(folder, "known.json"), "utf8"));
      return [...new Set((findings as { file: string }[]).map(({ file }) => file))];
    };
    expect(knownIn()).toEqual(["gone.sls", "sub/two.sls"]);
    rmSync(path.join(folder, "gone.sls"));
    await run("sub", "--baseline", "known.json", "--update-baseline");
    expect(knownIn()).toEqual(["gone.sls", "sub/two.sls"]);
    await run(".", "--baseline", "known.json", "--update-baseline");
    expect(knownIn()).toEqual(["sub/two.sls"]);
  });

  it("does not write over a baseline that it cannot read", async () => {
    write({ "one.sls": bad, "known.json": "<<<<<<< HEAD\n" });
    const { status, stderr } = await run("one.sls", "--baseline", "known.json", "--update-baseline");
    expect(status).toBe(2);
    expect(stderr).toContain("remove it to begin a new one");
    expect(readFileSync(path.join(folder, "known.json"), "utf8")).toBe("<<<<<<< HEAD\n");
  });

  it("writes and uses a baseline", async () => {
    write({ "bad.sls": bad });
    expect(await run("--update-baseline")).toMatchObject({ status: 2 });
    expect(await run("--baseline", "known.json")).toMatchObject({ status: 2 });
    expect(await run("--baseline", "known.json", "--update-baseline")).toMatchObject({ status: 0 });
    const { status, stdout } = await run("--baseline", "known.json");
    expect(status).toBe(0);
    expect(stdout).toContain("2 in the baseline");
    write({ "known.json": "no json" });
    expect(await run("--baseline", "known.json")).toMatchObject({ status: 2 });
  });
});

describe("bad input", () => {
  it("names a folder that does not exist, and ends with 2", async () => {
    expect(await run("nowhere")).toEqual(
      expect.objectContaining({ status: 2, stderr: "winrepo: nowhere: no such file or folder\n" }),
    );
  });

  it("names a profile that does not exist, or is none", async () => {
    write({ "good.sls": good, "p.yaml": "a: [", "q.yaml": "- 1" });
    for (const profile of ["windows-3.11", "p.yaml", "q.yaml"]) {
      const { status, stderr } = await run("-p", profile);
      expect(status, profile).toBe(2);
      expect(stderr.trimEnd().split("\n"), profile).toHaveLength(1);
      expect(stderr).toContain(profile);
    }
  });

  it("goes on after a broken project file", async () => {
    write({ "good.sls": good, ".winrepo.yaml": "lint:\n  rules: {nope: off}\nexclude: 7\n" });
    const { status, stdout, stderr } = await run();
    expect(status).toBe(1);
    expect(stderr).toContain(".winrepo.yaml:3:10: exclude must be a list, not '7'");
    expect(stderr).toContain(".winrepo.yaml:2:11: lint.rules: there is no 'nope'");
    expect(stdout).toContain("1 file: 0 errors");
  });

  it("goes on after files that cannot be read", async () => {
    write({ "a.sls": good, "latin.sls": Uint8Array.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]), "folder.sls/b.sls": "" });
    write({ "huge.sls": "" });
    truncateSync(path.join(folder, "huge.sls"), 50 * 1024 * 1024);
    const { status, stderr, json } = await run("--json");
    expect(status).toBe(1);
    expect(stderr).toContain("winrepo: huge.sls: Winrepo stops here: the file has 50 MB, more than 16 MB.");
    const { findings, summary } = json();
    expect(findings.map(({ file, code }: { file: string; code: string }) => [file, code])).toContainEqual([
      "latin.sls",
      "not-utf8",
    ]);
    expect(summary.files).toBe(3);
  });

  it("does not wait for what is no file, and names broken links", async () => {
    write({ "a.sls": good });
    symlinkSync(path.join(folder, "gone"), path.join(folder, "link.sls"));
    symlinkSync("/dev/zero", path.join(folder, "zero.sls"));
    const { status, stderr } = await run();
    expect(status).toBe(1);
    expect(stderr).toContain("winrepo: link.sls: a link to a file that is not there\n");
    expect(stderr).toContain("winrepo: zero.sls: no regular file\n");
  });

  it("passes over what is excluded, hidden, or clearly a state", async () => {
    write({
      "a.sls": good,
      "old/b.sls": bad,
      ".hidden/c.sls": bad,
      "state.sls": "wmi:\n  service.running:\n    - enable: True\n",
      ".winrepo.yaml": "exclude: ['old/**']\n",
    });
    const { status, json } = await run("--json");
    expect(status).toBe(0);
    expect(json().summary).toMatchObject({ files: 1, skipped: 1 });
    const named = await run("state.sls", "old/b.sls");
    expect(named.status).toBe(0);
    expect(named.stderr).toContain(
      "winrepo: state.sls: not linted: a state, no package definition (line 2 calls service.running, as states do)",
    );
    expect(named.stderr).toContain("winrepo: old/b.sls: left out as the project file says; --no-exclude");
    expect((await run("--no-exclude", "old/b.sls")).status).toBe(1);
  });

  it("lints what lies where minions fetch definitions from, and says what it is", async () => {
    write({
      "win/repo-ng/nginx.sls": "nginx:\n  pkg.installed:\n    - version: '1'\n",
      "top.sls": "base:\n  '*':\n    - nginx\n",
      "nginx.sls": "nginx: {pkg: [installed]}\n",
      "pillar/app.sls": "app:\n  full_name: App\n",
    });
    const { json } = await run("--json");
    expect(json().summary).toMatchObject({ files: 1, skipped: 3 });
    expect(json().findings).toMatchObject([
      { file: "win/repo-ng/nginx.sls", code: "not-a-definition", range: { start: { line: 1, character: 0 } } },
    ]);
  });

  it("takes for a definition gone wrong what might be pillar data, among definitions", async () => {
    write({
      "a.sls": good,
      "b.sls": good.replace("good:", "b:").replace("Good", "B"),
      "c.sls": "c:\n  full_name: C\n",
    });
    const { status, json } = await run("--json");
    expect(status).toBe(1);
    expect(json().summary).toMatchObject({ files: 3, skipped: 0 });
  });

  it("takes the same file once", async () => {
    write({ "a.sls": good });
    cpSync(path.join(folder, "a.sls"), path.join(folder, "copy.txt"));
    expect((await run("a.sls", ".", "./a.sls", "--json")).json().summary.files).toBe(1);
  });
});
