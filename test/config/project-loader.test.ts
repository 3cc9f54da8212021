import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  checkRuleCodes,
  describeProjectProblem,
  loadProject,
  parseProject,
} from "../../engine/config/project-loader.js";

const file = path.resolve("/repo/.winrepo.yaml");
const root = path.dirname(file);

function parse(text: string) {
  return parseProject(text, file, { trusts: () => true });
}

function messages(text: string): string[] {
  const loaded = parse(text);
  return loaded.problems.map((problem) => describeProjectProblem(loaded, problem, root));
}

describe("a project file", () => {
  it("has a default for everything", () => {
    for (const text of ["", "# nothing\n", "{}\n", "lint:\n", "profiles:\n"]) {
      const { config, problems } = parse(text);
      expect(problems, text).toEqual([]);
      expect(config.profiles).toEqual(["windows-amd64", "windows-x86"]);
      expect(config.salt.saltenv).toBe("base");
      expect(config.lint.rules.size).toBe(0);
    }
  });

  it("gives every setting, paths made absolute", () => {
    const { config, problems } = parse(
      [
        "profiles: [windows-amd64, profiles/lab.yaml, {name: server, extends: windows-amd64, grains: {osrelease: 2022Server}}]",
        "fileRoots: [.., /srv/salt]",
        "exclude: ['vendor/**']",
        "lint:",
        "  rules: {http-url: off, unknown-key: error}",
        "  overrides:",
        "    - files: ['old/**']",
        "      rules: {http-url: hint}",
        "  knownKeys: [team]",
        "  baseline: known.json",
        "  maxWarnings: 3",
        "targets:",
        "  lab: {kind: ssh, host: lab.example.com, port: 22}",
        "salt:",
        "  minion: etc/minion",
        "  saltenv: dev",
        "  winrepo_branch: main",
      ].join("\n"),
    );
    expect(problems).toEqual([]);
    expect(config.profiles).toEqual(["windows-amd64", path.join(root, "profiles/lab.yaml"), "server"]);
    expect(config.ownProfiles[0]?.grains).toMatchObject({ osrelease: "2022Server", cpuarch: "AMD64" });
    expect(config.fileRoots).toEqual([path.dirname(root), path.resolve("/srv/salt")]);
    expect(Object.fromEntries(config.lint.rules)).toEqual({ "http-url": "off", "unknown-key": "error" });
    expect(config.lint.overrides[0]?.files).toEqual(["old/**"]);
    expect(config.lint.baseline).toBe(path.join(root, "known.json"));
    expect(config.lint.maxWarnings).toBe(3);
    expect(config.targets.get("lab")).toEqual({
      name: "lab",
      kind: "ssh",
      settings: { host: "lab.example.com", port: 22 },
    });
    expect(config.salt).toEqual({
      minion: path.join(root, "etc/minion"),
      master: undefined,
      saltenv: "dev",
      options: { winrepo_branch: "main" },
    });
  });

  it.each([
    ["lnt: {}", ".winrepo.yaml:1:1: there is no 'lnt'; did you mean 'lint'?"],
    [
      "lint:\n  rules:\n    http-url: loud",
      "http-url must be one of error, warning, information, hint, off, not 'loud'",
    ],
    ["exclude: vendor", ".winrepo.yaml:1:10: exclude must be a list, not 'vendor'"],
    ["- a", ".winrepo.yaml:1:1: the file must be a mapping, not a list"],
    ["targets:\n  lab: {host: x}", ".winrepo.yaml:2:8: targets.lab: 'kind' is missing"],
    ["targets:\n  lab: {kind: shh}", "must be one of simulated, windows, wine, ssh, salt, not 'shh'"],
    ["profiles: [windows-98]", ".winrepo.yaml:1:12: profiles: there is no profile 'windows-98'"],
    ["profiles: [{grains: {}}]", "profiles[0]: 'name' is missing"],
    ["lint: {maxWarnings: -1}", "lint.maxWarnings must be a whole number from 0, not '-1'"],
    ["lint: [", ".winrepo.yaml:"],
  ])("says where %j is wrong", (text, expected) => {
    expect(messages(text)).toHaveLength(1);
    expect(messages(text)[0]).toContain(expected);
  });

  it("keeps the sections that are right", () => {
    const { config, problems } = parse("exclude: 7\nlint: {knownKeys: [team]}\n");
    expect(problems).toHaveLength(1);
    expect(config.exclude).toEqual([]);
    expect(config.lint.knownKeys).toEqual(["team"]);
  });

  it("names rules that do not exist", () => {
    const loaded = parse("lint:\n  rules: {http-urll: off}\n  overrides: [{files: [a], rules: {nope: off}}]\n");
    expect(loaded.problems).toEqual([]);
    const found = checkRuleCodes(loaded, new Set(["http-url"])).map(({ message }) => message);
    expect(found).toEqual([
      "lint.rules: there is no 'http-urll'; did you mean 'http-url'?",
      "lint.overrides[0].rules: there is no 'nope' (there are http-url)",
    ]);
  });
});

describe("finding the project file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "winrepo-project-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("looks in the folders above", () => {
    const inner = path.join(folder, "a/b");
    mkdirSync(inner, { recursive: true });
    writeFileSync(path.join(folder, ".winrepo.yaml"), "exclude: [x]\n");
    const { config } = loadProject(inner);
    expect(config.root).toBe(folder);
    expect(config.exclude).toEqual(["x"]);
  });

  it("does not fall over one that cannot be read", () => {
    mkdirSync(path.join(folder, ".winrepo.yaml"));
    const loaded = loadProject(folder);
    expect(loaded.problems[0]?.message).toBe("the project file is no regular file; defaults are used instead");
    expect(loaded.config.profiles).toEqual(["windows-amd64", "windows-x86"]);
  });
});
