import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseProfile } from "../../engine/config/parse-profile.js";
import { saltVersionOf } from "../../engine/config/profile.js";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { parseProject } from "../../engine/config/project-loader.js";
import { projectProfile } from "../../engine/config/project-profiles.js";
import { definitionFacts } from "../../engine/render/context.js";
import { formatSaltVersion } from "../../engine/salt-version/salt-version.js";
import { toJson } from "../../engine/value/convert.js";

const parse = (text: string) => parseProject(text, "/project/.winrepo.yaml");
const messages = (text: string) => parse(text).problems.map(({ message }) => message);

describe("saltVersion of a profile", () => {
  it("selects, and a grain does not", () => {
    const recorded = parseProfile("{grains: {saltversion: '3006.1'}}", "lab", "lab.yaml");
    expect(formatSaltVersion(saltVersionOf(recorded))).toBe("3007.17");
    const named = parseProfile("{saltVersion: '3006.1', grains: {saltversion: '3008.4'}}", "lab", "lab.yaml");
    expect(formatSaltVersion(saltVersionOf(named))).toBe("3006.1");
    expect(named.grains.saltversion).toBe("3008.4");
  });

  it.each([["3006.24"], ["3008.4"], ["3007"], ["'3007.x'"], ["'2019.2'"]])("takes %s", (version) => {
    expect(messages(`profiles: [{name: a, saltVersion: ${version}}]`)).toEqual([]);
  });

  it.each([
    ["newest", "profiles[0].saltVersion must be a release of Salt like '3006.24' or '3007', not \"newest\""],
    ["[3006]", "profiles[0].saltVersion must be a release of Salt like '3006.24' or '3007', not"],
    [
      "3006.10",
      "profiles[0].saltVersion is the number 3006.1, and 3006.10 without quotes is the same number: write '3006.1' or '3006.10'",
    ],
  ])("refuses %s", (version, message) => {
    expect(messages(`profiles: [{name: a, saltVersion: ${version}}]`)).toEqual([expect.stringContaining(message)]);
  });

  it("makes a profile of any other with @", () => {
    const profile = loadProfile("windows-amd64@3006.20", "/");
    expect(profile).toMatchObject({ name: "windows-amd64@3006.20", base: "windows-amd64", saltVersion: "3006.20" });
    expect(profile.grains).toMatchObject({ saltversion: "3006.20", saltversioninfo: [3006, 20] });
  });
});

describe("saltVersions of a project", () => {
  it("check every profile without a version of its own once for each", () => {
    const { config, problems } = parse(
      "saltVersions: [3006, 3008.4]\nprofiles: [windows-amd64, {name: old, saltVersion: '3006.3'}, {name: lab}]",
    );
    expect(problems).toEqual([]);
    expect(config.profiles).toEqual(["windows-amd64@3006", "windows-amd64@3008.4", "old", "lab@3006", "lab@3008.4"]);
    expect(loadProfile("lab@3006", "/project", config.ownProfiles).name).toBe("lab@3006");
  });
});

describe("opts of a project's profiles", () => {
  it("are Salt's defaults, the minion's file, the project's section salt, the profile's own", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "winrepo-opts-"));
    try {
      mkdirSync(path.join(folder, "minion.d"));
      writeFileSync(path.join(folder, "minion"), "id: lab\nmaster: one\nwinrepo_password: secret\nlog_level: debug\n");
      writeFileSync(path.join(folder, "minion.d/a.conf"), "master: two\nown_option: {a: 1}\n");
      const file = path.join(folder, ".winrepo.yaml");
      const text = "salt: {minion: minion, renderer: jinja|json}\nprofiles: [{name: own, opts: {log_level: info}}]\n";
      const { config } = parseProject(text, file);
      const profile = projectProfile(config, "own", folder);
      const { opts } = definitionFacts(profile, { absolute: "/a.sls", name: "a.sls" }, "base");
      const values = ["id", "master", "log_level", "own_option", "renderer", "winrepo_cachefile", "saltenv"];
      expect(values.map((name) => toJson(opts.get(name) ?? null))).toEqual([
        "lab",
        "two",
        "info",
        { a: 1 },
        "jinja|json",
        "winrepo.p",
        null,
      ]);
      expect(opts.get("winrepo_password")).toBe("");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
