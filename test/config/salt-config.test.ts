import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultProject } from "../../engine/config/project.js";
import { readSaltFile } from "../../engine/config/salt-check.js";
import { configuredRemotes, loadSaltConfiguration } from "../../engine/config/salt-config.js";
import { saltConfigRole, saltOptionCompletions } from "../../engine/config/salt-options.js";
import type { SaltVersion } from "../../engine/salt-version/salt-version.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "winrepo-config-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: { readonly [file: string]: string }): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
}

const load = (options = {}, env = {}) =>
  loadSaltConfiguration(
    {
      ...defaultProject(root),
      trusted: true,
      salt: { minion: path.join(root, "minion"), master: undefined, saltenv: "base", options },
    },
    "minion",
    env,
  );

describe("Salt's configuration", () => {
  it("has Salt's defaults where nothing is set", () => {
    write({ minion: "# nothing\n" });
    const { options, problems } = load();
    expect(problems).toEqual([]);
    expect(Object.fromEntries([...options].slice(0, 4).map(([name, { value }]) => [name, value]))).toEqual({
      winrepo_source_dir: "salt://win/repo-ng/",
      winrepo_cachefile: "winrepo.p",
      winrepo_cache_expire_min: 1800,
      winrepo_cache_expire_max: 604800,
    });
    expect(options.get("winrepo_remotes_ng")?.value).toEqual(["https://github.com/saltstack/salt-winrepo-ng.git"]);
  });

  it("lets includes win over the file in the order of their names, the project over both, the environment over all", () => {
    write({
      minion: "winrepo_branch: one\nwinrepo_user: file\nfile_roots:\n  base: [/a]\ninclude: more/x.conf\n",
      "minion.d/b.conf": "winrepo_branch: three\nfile_roots:\n  base: [/b, /c]\n",
      "minion.d/a.conf": "winrepo_branch: two\nfile_roots:\n  base: [/b]\n  dev: [/d]\n",
      "minion.d/c.txt": "winrepo_branch: no\n",
      "more/x.conf": "winrepo_fallback: main\n",
    });
    const { options } = load({ winrepo_cachefile: "mine.p" }, { WINREPO_USER: "env" });
    expect(options.get("winrepo_branch")).toMatchObject({
      value: "three",
      origin: { kind: "file", file: path.join(root, "minion.d/b.conf"), line: 1 },
    });
    expect(options.get("file_roots")?.value).toEqual({ base: ["/b", "/c"], dev: ["/d"] });
    expect(options.get("winrepo_fallback")?.value).toBe("main");
    expect(options.get("winrepo_cachefile")).toMatchObject({ value: "mine.p", origin: { kind: "project" } });
    expect(options.get("winrepo_user")).toMatchObject({
      value: "env",
      origin: { kind: "environment", variable: "WINREPO_USER" },
    });
  });

  it("accepts old names with a warning that names the new one", () => {
    write({ minion: "win_gitrepos:\n  - https://example.com/a.git\n" });
    const { options, problems } = load();
    expect(options.get("winrepo_remotes")?.value).toEqual(["https://example.com/a.git"]);
    expect(problems).toMatchObject([{ line: 1, column: 1, severity: "warning" }]);
    expect(problems[0]?.message).toContain("'win_gitrepos' is called 'winrepo_remotes'");
  });

  it("leaves out what has the wrong type, and says so with its place", () => {
    write({ minion: "winrepo_remotes_ng: https://example.com/a.git\n" });
    const { options, problems } = load();
    expect(options.get("winrepo_remotes_ng")?.origin.kind).toBe("default");
    expect(problems[0]).toMatchObject({ line: 1, column: 21, severity: "error" });
  });

  it("reports a file that is not there or not YAML and goes on with the defaults", () => {
    expect(load().problems[0]?.message).toContain("cannot be read");
    write({ minion: "a: [\n" });
    expect(load().problems[0]?.severity).toBe("error");
    expect(load().options.get("winrepo_branch")?.value).toBe("master");
  });
});

describe("remotes", () => {
  const remotesOf = (yaml: string) => {
    write({ minion: yaml });
    return configuredRemotes(load(), "winrepo_remotes_ng");
  };

  it("come in every form, with global options and their own", () => {
    const { remotes, problems } = remotesOf(
      [
        "winrepo_branch: main",
        "winrepo_ssl_verify: False",
        "winrepo_remotes_ng:",
        "  - https://example.com/a.git",
        "  - v1 https://example.com/b",
        "  - https://example.com/c.GIT:",
        "    - name: tools",
        "    - ssl_verify: True",
        "  - dev git@example.com:group/d.git:",
        "    - privkey: /k",
        "  - file:///srv/e",
      ].join("\n"),
    );
    expect(problems).toEqual([]);
    expect(remotes.map(({ ref, url, name, transport, sslVerify }) => [ref, url, name, transport, sslVerify])).toEqual([
      ["main", "https://example.com/a.git", "a", "https", false],
      ["v1", "https://example.com/b", "b", "https", false],
      ["main", "https://example.com/c.GIT", "tools", "https", true],
      ["dev", "git@example.com:group/d.git", "d", "ssh", false],
      ["main", "file:///srv/e", "e", "file", false],
    ]);
    expect(remotes[1]?.id).toBe("v1 https://example.com/b");
  });

  it.each([
    ["- git://example.com/a", "remote-url"],
    ["- /srv/a", "remote-url"],
    ["- 'C:/a'", "remote-url"],
    ["- host:path", "remote-url"],
    ["- v1  https://example.com/a", "remote-url"],
    ["- https://example.com/a%20b", "remote-url"],
    ["- https://example.com/a.git:", "remote-parameters"],
    ["- https://example.com/a.git:\n    - branch: main", "remote-parameter"],
    ["- https://example.com/a.git:\n    - name: ../x", "remote-name"],
    ["- https://example.com/a/", "remote-name"],
    ["- https://example.com/work.git", "remote-name"],
    ["- http://example.com/a.git:\n    - user: u\n    - password: p", "remote-auth"],
    ["- 7", "remote-entry"],
  ])("that Salt drops or fails on are reported: %s", (entry, code) => {
    const { remotes, problems } = remotesOf(`winrepo_remotes_ng:\n  ${entry}\n`);
    expect(remotes).toEqual([]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  it("that collide are reported where the second one stands", () => {
    const text = "winrepo_remotes_ng:\n  - https://a.example/x.git\n  - https://b.example/X\n";
    const [problem] = readSaltFile(text, "master").problems;
    expect(problem).toMatchObject({ code: "remote-collision", line: 3 });
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe("https://b.example/X");
  });
});

describe("in an editor", () => {
  it("misspelt options get a suggestion", () => {
    const text = "id: x\nwinrepo_remote_ng: []\n";
    expect(readSaltFile(text, "master").problems).toMatchObject([
      { code: "salt-option-unknown", line: 2, message: expect.stringContaining("Did you mean 'winrepo_remotes_ng'?") },
    ]);
  });

  it("what a release of Salt does not know is named with the release that it came with", () => {
    const text =
      "winrepo_proxy: http://proxy:3128\nwinrepo_provider: gitcli\nwinrepo_remotes_ng:\n  - https://a.example/x.git:\n    - proxy: http://p\n";
    const codes = (salt?: SaltVersion) => readSaltFile(text, "master", salt).problems.map(({ code }) => code);
    expect(codes()).toEqual(["salt-option-newer", "salt-option-type", "remote-parameter"]);
    expect(codes({ line: 3008, patch: 0 })).toEqual([]);
    expect(readSaltFile(text, "master").problems[0]?.message).toBe(
      "Salt 3007.17 ignores 'winrepo_proxy'; it came with Salt 3008.0.",
    );
  });

  it("only options that are missing, and that the file's owner reads, are offered", () => {
    const labels = saltOptionCompletions("master", new Set(["winrepo_dir"])).map(({ label }) => label);
    expect(labels).toContain("winrepo_dir_ng");
    expect(labels).not.toContain("winrepo_dir");
    expect(labels).not.toContain("winrepo_source_dir");
  });

  it.each([
    ["/etc/salt/master", "master"],
    ["C:\\salt\\conf\\minion.d\\x.conf", "minion"],
    ["/etc/salt/minion.d/x.txt", undefined],
    ["/srv/master.conf", undefined],
  ])("%s is the file of a %s", (file, role) => {
    expect(saltConfigRole(file)).toBe(role);
  });
});

describe("the places that Salt's options name", () => {
  const messages = (text: string, role: "master" | "minion" = "master") =>
    readSaltFile(text, role).problems.map(({ message, range }) => [text.slice(range.start, range.end), message]);

  it.each([
    [
      "file_roots:\n  base: [/x/base]\nwinrepo_dir_ng: /x/srv/win/repo-ng\n",
      "/x/srv/win/repo-ng",
      "Add /x/srv to file_roots",
    ],
    ["file_roots:\n  base: [/srv/salt]\nwinrepo_dir_ng: /srv/salt/win/repo\n", "/srv/salt/win/repo", "total: 0"],
    ["winrepo_dir_ng: '/srv/salt/win/repo-ng - https://github.com/a/b.git'\n", "'/srv/", "remotes in one text"],
    ["winrepo_dir_ng: 5\n", "5", "must be a text"],
    ["cachedir: /home/me/.cache/salt\n", "/home/me/.cache/salt", "'.cache'"],
    ["cachedir: 'D:\\.salt\\cache'\n", "'D:\\.salt", "'.salt'"],
  ])("are compared: %j", (text, shown, message) => {
    const [found, ...more] = messages(text, text.startsWith("cachedir") ? "minion" : "master");
    expect(more).toEqual([]);
    expect(found?.[0]).toContain(shown);
    expect(found?.[1]).toContain(message);
  });

  it.each([
    "file_roots:\n  base: [/srv/salt/]\nwinrepo_dir_ng: /srv/salt/win/repo-ng/\n",
    "file_roots:\n  base: [/srv/salt]\nwinrepo_dir_ng: /srv/salt/win/repo-ng/own\n",
    "file_roots:\n  base: ['C:\\srv']\nwinrepo_dir_ng: c:/srv/win/repo-ng\n",
    "file_roots:\n  dev: [/srv/salt]\nwinrepo_dir_ng: /srv/win/repo-ng\n",
    "winrepo_dir_ng: /srv/win/repo-ng\n",
    "cachedir: ../salt/./cache\n",
  ])("are fine: %j", (text) => {
    expect(messages(text, text.startsWith("cachedir") ? "minion" : "master")).toEqual([]);
  });

  it("are compared across files, once", () => {
    write({ minion: "file_roots:\n  base: [/x/base]\n", "minion.d/w.conf": "winrepo_dir_ng: /x/srv/win/repo-ng\n" });
    const { problems } = load();
    expect(problems).toMatchObject([{ file: path.join(root, "minion.d/w.conf"), line: 1, severity: "error" }]);
    write({ minion: "file_roots:\n  base: [/x/base]\nwinrepo_dir_ng: /x/srv/win/repo-ng\n", "minion.d/w.conf": "" });
    expect(load().problems).toHaveLength(1);
  });
});
