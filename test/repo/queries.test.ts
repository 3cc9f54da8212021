import { execFileSync } from "node:child_process";
import { truncateSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { builtinProfiles } from "../../engine/config/builtin-profiles.js";
import { NotFinished } from "../../engine/render/render-host.js";
import { legacyGenrepo } from "../../engine/repo/legacy.js";
import { decodeMsgpack } from "../../engine/repo/msgpack.js";
import {
  getPackageInfo,
  latestVersionOf,
  listAvailable,
  listRepoPkgs,
  listUpgrades,
  upgradeAvailable,
} from "../../engine/repo/queries.js";
import type { RepositoryRenderer } from "../../engine/repo/repository-renderer.js";
import { showSls } from "../../engine/repo/show-sls.js";
import { fromJson, toJson } from "../../engine/value/convert.js";
import { Dict } from "../../engine/value/types.js";
import { fakeRenderer } from "./fake-render.js";
import { temporaryFolder } from "./folder.js";
import { inProcessRenderer } from "./in-process-renderer.js";

const folder = temporaryFolder();
const versions = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { full_name: name }]));
const data = {
  repo: fromJson({
    firefox: versions("16.0.2", "9.0", "15.0.1"),
    chrome: versions("latest"),
    odd: versions("Not Found"),
    empty: {},
    FireBird: versions("1.0"),
  }) as Dict,
  errors: new Dict(),
  nameMap: new Dict(),
};

describe("list_available", () => {
  it("gives a list for one name, a mapping for more, and a blank for what is not there", () => {
    expect(listAvailable(data, ["firefox"])).toEqual(["9.0", "15.0.1", "16.0.2"]);
    expect(listAvailable(data, ["firefox"], { reverseSort: true })).toEqual(["16.0.2", "15.0.1", "9.0"]);
    expect(listAvailable(data, ["nothing"])).toBe("");
    expect(listAvailable(data, ["empty"])).toBe("");
    expect(listAvailable(data, [])).toBe("");
    expect(listAvailable(data, ["chrome", "nothing"])).toEqual(new Map([["chrome", ["latest"]]]));
    expect(listAvailable(data, ["chrome"], { returnDictAlways: true })).toEqual(new Map([["chrome", ["latest"]]]));
  });
});

describe("list_repo_pkgs", () => {
  it("matches short names without regard to case and narrows to a version that exists", () => {
    expect([...listRepoPkgs(data).keys()]).toEqual(["firefox", "chrome", "odd", "empty", "FireBird"]);
    expect([...listRepoPkgs(data, ["FIRE*"]).keys()]).toEqual(["firefox", "FireBird"]);
    expect(listRepoPkgs(data, ["firefox=9.0"]).get("firefox")).toEqual(["9.0"]);
    expect(listRepoPkgs(data, ["firefox=8"]).get("firefox")).toEqual(["16.0.2", "15.0.1", "9.0"]);
  });
});

describe("upgrades", () => {
  const installed = new Map([
    ["firefox", ["15.0.1", "9.0"]],
    ["chrome", ["99"]],
    ["Other Thing", ["1"]],
  ]);
  it("are what is newer than the newest installed", () => {
    expect(latestVersionOf(data, ["firefox"], installed)).toBe("16.0.2");
    expect(latestVersionOf(data, ["firefox"], new Map([["firefox", ["16.0.2"]]]))).toBe("");
    expect(latestVersionOf(data, [], installed)).toBe("");
    expect(latestVersionOf(data, ["chrome", "unknown", "empty"], installed)).toEqual(
      new Map([
        ["chrome", "latest"],
        ["unknown", ""],
        ["empty", ""],
      ]),
    );
    expect(listUpgrades(data, installed)).toEqual(
      new Map([
        ["firefox", "16.0.2"],
        ["chrome", "latest"],
      ]),
    );
  });

  it("offer `Not Found` to a machine that has nothing, for 0.0.0.0.0 is more than 0", () => {
    expect(upgradeAvailable(data, "odd", new Map())).toBe(true);
  });

  it("are found in a package's own versions", () => {
    expect(getPackageInfo(data, "chrome").size).toBe(1);
    expect(getPackageInfo(data, "nothing").size).toBe(0);
  });
});

describe("show_sls", () => {
  const show = (name: string) => showSls(name, { root: folder.root, cwd: folder.root, renderer: fakeRenderer() });

  it("finds files, short names with dots, and folders with an init.sls", async () => {
    folder.write({ "a/b.sls": { x: { "1.0": 7 } }, "c/init.sls": {}, "7zip-9.20.sls": {}, "bad.sls": "{" });
    expect(await show("a/b.sls")).toMatchObject({ kind: "data" });
    const shown = await show("a.b");
    expect(shown.kind === "data" && toJson(shown.data)).toEqual({ x: { "1.0": 7 } });
    expect(await show("c")).toMatchObject({ kind: "data", data: new Dict() });
    expect(await show("7zip-9.20")).toEqual({
      kind: "not-found",
      message: "Software definition 7zip-9.20 not found",
    });
    expect(await show("bad")).toMatchObject({ kind: "failed", error: "SyntaxError" });
  });

  it.skipIf(process.platform === "win32")("opens no pipe and nothing that is far too large", async () => {
    execFileSync("mkfifo", [path.join(folder.root, "pipe.sls")]);
    folder.write({ "big.sls": "" });
    truncateSync(path.join(folder.root, "big.sls"), 50 * 1024 * 1024);
    expect(await show("pipe")).toMatchObject({ kind: "unreadable", error: "no regular file" });
    expect(await show("big")).toMatchObject({ kind: "unreadable", error: expect.stringContaining("50 MB") });
  });

  it("is ended by its signal", async () => {
    folder.write({ "a.sls": {} });
    const controller = new AbortController();
    const renderer: RepositoryRenderer = {
      ...fakeRenderer(),
      rendering: async (_, signal) => {
        controller.abort();
        return new NotFinished(signal?.aborted ? "ended" : "memory");
      },
    };
    const { signal } = controller;
    await expect(showSls("a", { root: folder.root, cwd: folder.root, renderer, signal })).rejects.toThrow("aborted");
  });
});

describe("the legacy runner", () => {
  const build = () => legacyGenrepo(folder.root, fakeRenderer());
  const definition = (name: string, fullName: string) => ({ [name]: { "1.0": { full_name: fullName } } });

  it("lets the later file replace a package, keeps old names, and looks into hidden folders", async () => {
    folder.write({
      "a.sls": definition("x", "old"),
      "b.sls": definition("x", "new"),
      ".h/c.sls": definition("y", "Y"),
    });
    const result = await build();
    expect(toJson(result.repo)).toEqual({ ...definition("x", "new"), ...definition("y", "Y") });
    expect(toJson(result.nameMap)).toEqual({ old: "x", new: "x", Y: "y" });
    expect([...(decodeMsgpack(result.winrepo) as Dict).keys()]).toEqual(["repo", "name_map"]);
  });

  it("skips what does not compile, stores what is no mapping, and names what ends Salt's runner", async () => {
    folder.write({ "a.sls": "{", "b.sls": { x: { "1.0": "text" } }, "c.sls": { y: null }, "d.sls": ["list"] });
    const result = await build();
    expect(result.skipped).toEqual([{ file: "a.sls", reason: "SyntaxError" }]);
    expect(toJson(result.repo)).toEqual({ x: { "1.0": "text" } });
    expect(result.aborts).toEqual([
      { file: "c.sls", reason: "AttributeError: 'NoneType' object has no attribute 'items'" },
      { file: "d.sls", reason: "AttributeError: 'list' object has no attribute 'items'" },
    ]);
  });

  it("names what ends before its end apart from what ends Salt's runner", async () => {
    folder.write({
      "a.sls": "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}",
      "b.sls": "#!cheetah|yaml\nx: {}\n",
      "big.sls": "",
      "c.sls": "memory: {}\n",
      "d.sls": "x: {'1.0': {full_name: X}}\n",
    });
    truncateSync(path.join(folder.root, "big.sls"), 50 * 1024 * 1024);
    if (process.platform !== "win32") execFileSync("mkfifo", [path.join(folder.root, "pipe.sls")]);
    const real = inProcessRenderer(builtinProfiles[0]!);
    const renderer: RepositoryRenderer = {
      ...real,
      rendering: async (read, signal) =>
        read.file.path === "c.sls" ? new NotFinished("memory") : real.rendering(read, signal),
    };
    const result = await legacyGenrepo(folder.root, renderer);
    expect(result.aborts).toEqual([]);
    const pipe = process.platform === "win32" ? [] : ["pipe.sls"];
    expect(result.limited.map(({ file }) => file)).toEqual(["a.sls", "b.sls", "big.sls", "c.sls", ...pipe]);
    for (const { reason } of result.limited) expect(reason).toMatch(/What Salt would do is not known\.$/);
    expect(toJson(result.repo)).toEqual({ x: { "1.0": { full_name: "X" } } });
  });

  it("writes an empty mapping when there is nothing", async () => {
    expect((await build()).winrepo.toString("hex")).toBe("80");
  });
});
