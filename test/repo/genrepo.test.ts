import { mkdirSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { NotFinished } from "../../engine/render/render-host.js";
import { discoverDefinitions } from "../../engine/repo/discover.js";
import { DiskFileServer } from "../../engine/repo/disk-file-server.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import type { DefinitionOutcome } from "../../engine/repo/outcome.js";
import { OutcomeCache } from "../../engine/repo/outcome-cache.js";
import { failhardMessage, saltReturn } from "../../engine/repo/salt-return.js";
import { toJson } from "../../engine/value/convert.js";
import { fakeRenderer } from "./fake-render.js";
import { temporaryFolder } from "./folder.js";

const folder = temporaryFolder();
const one = (name: string, fullName = name) => ({ [name]: { "1.0": { full_name: fullName } } });

describe("discovery", () => {
  it("takes .sls files in NTFS order, hidden files too, nothing in hidden folders", async () => {
    folder.write({
      "zeta.sls": "",
      "Beta.sls": "",
      ".alpha.sls": "",
      "b/x.sls": "",
      "A/y.sls": "",
      "A/.hid/z.sls": "",
      ".git/g.sls": "",
      "foo.bar/d.sls": "",
      "map.jinja": "",
    });
    const { files } = await discoverDefinitions(folder.root);
    expect(files.map((file) => file.path)).toEqual([
      ".alpha.sls",
      "Beta.sls",
      "zeta.sls",
      "A/y.sls",
      "b/x.sls",
      "foo.bar/d.sls",
    ]);
  });

  it("says what it passes over: upper-case endings, and folders named like definitions", async () => {
    folder.write({ "X.SLS": "", "dir.sls/in.sls": "" });
    const { files, notes } = await discoverDefinitions(folder.root);
    expect(files.map((file) => file.path)).toEqual(["dir.sls/in.sls"]);
    expect(notes.join("\n")).toMatch(/X\.SLS: Salt reads only.*\ndir\.sls: a folder/);
  });

  it("follows no links to folders", async () => {
    folder.write({ "real/x.sls": "" });
    symlinkSync(path.join(folder.root, "real"), path.join(folder.root, "link.sls"));
    const { files } = await discoverDefinitions(folder.root);
    expect(files.map((file) => file.path)).toEqual(["real/x.sls"]);
  });
});

describe("genrepo", () => {
  const build = (cache?: OutcomeCache, renderer = fakeRenderer()) =>
    genrepo({
      root: folder.root,
      renderer,
      fileServer: new DiskFileServer([{ at: "", folder: folder.root }]),
      ...(cache && { cache }),
    });

  it("lets the first file win a package and drops the later file whole", async () => {
    folder.write({ "a.sls": one("x", "X of a"), "b.sls": { ...one("y"), ...one("x"), ...one("z") } });
    const result = await build();
    expect(saltReturn(result, true)).toEqual({
      total: 2,
      success: 1,
      failed: 1,
      success_list: { "a.sls": ["x"] },
      failed_list: { "b.sls": ["package 'x' already defined"] },
    });
    expect(toJson(result.data().repo)).toEqual(one("x", "X of a"));
  });

  it("stops looking at a file where a package is taken, so that what would abort behind it does not", async () => {
    folder.write({ "a.sls": one("x"), "b.sls": { ...one("x"), broken: null }, "c.sls": { broken: null, ...one("x") } });
    const result = await build();
    expect(result.failedList.get("b.sls")).toEqual(["package 'x' already defined"]);
    expect(result.aborts).toEqual([
      { file: "c.sls", reason: "AttributeError: 'NoneType' object has no attribute 'items'" },
    ]);
  });

  it("builds the rest where Salt would abort, and counts the file as failed", async () => {
    folder.write({ "a.sls": { x: { "1": {} } }, "b.sls": one("y") });
    const result = await build();
    expect([result.total, result.success, result.failed]).toEqual([2, 1, 1]);
    expect(result.aborts).toEqual([{ file: "a.sls", reason: "KeyError: 'full_name'" }]);
    expect([...result.data().repo.keys()]).toEqual(["y"]);
  });

  it("lets the last package have a full name that several claim", async () => {
    folder.write({ "a.sls": one("x", "Same"), "b.sls": one("y", "Same") });
    expect(toJson((await build()).data().nameMap)).toEqual({ Same: "y" });
  });

  it("gives the short form without the list of files, and the text that Salt raises", async () => {
    folder.write({ "a.sls": "{", "b.sls": one("y") });
    const result = await build();
    expect(saltReturn(result, false)).toEqual({
      total: 2,
      success: 1,
      failed: 1,
      failed_list: { "a.sls": ["Failed to compile, SyntaxError "] },
    });
    expect(failhardMessage(result)).toBe(
      [
        "Error occurred while generating repo db. Additional info follows:",
        "",
        "failed:",
        "    1",
        "failed_list:",
        "    ----------",
        "    a.sls:",
        "        - Failed to compile, SyntaxError ",
        "success:",
        "    1",
        "total:",
        "    2",
      ].join("\n"),
    );
  });

  it("goes on past files that cannot be read or are far too large", async () => {
    folder.write({ "big.sls": "", "b.sls": one("y") });
    truncateSync(path.join(folder.root, "big.sls"), 50 * 1024 * 1024);
    symlinkSync("nowhere", path.join(folder.root, "lost.sls"));
    const result = await build();
    expect(result.failedList.get("big.sls")).toEqual([
      "Winrepo stops here: the file has 50 MB, more than 16 MB. What Salt would do is not known.",
    ]);
    expect(result.limited).toEqual(["big.sls"]);
    expect(result.failedList.get("lost.sls")?.[0]).toMatch(/^Failed to read, ENOENT/);
    expect(result.success).toBe(1);
  });

  it("renders many files in batches, in whatever order they come back, with the same result", async () => {
    const files = Array.from({ length: 500 }, (_, index) => [`f${index}.sls`, one(`p${index}`)] as const);
    folder.write(Object.fromEntries(files));
    const renderer = fakeRenderer();
    const result = await build(undefined, renderer);
    expect([result.rendered, result.success, renderer.rendered.length]).toEqual([500, 500, 500]);
    const { files: inOrder } = await discoverDefinitions(folder.root);
    expect([...result.successList.keys()]).toEqual(inOrder.map((file) => file.path));
  });

  it("fails when the renderer does", async () => {
    folder.write({ "a.sls": one("x") });
    const outcomes = () => Promise.reject(new Error("a rendering thread ended"));
    await expect(build(undefined, { ...fakeRenderer(), outcomes })).rejects.toThrow("thread ended");
  });

  it("says of what takes too much memory that nothing is known, and keeps nothing of it", async () => {
    folder.write({ "a.sls": one("x"), "b.sls": one("y") });
    const fake = fakeRenderer();
    const outcomes: typeof fake.outcomes = async (read) => {
      const [, second] = await fake.outcomes(read);
      return [new NotFinished("memory"), second as DefinitionOutcome];
    };
    const cache = new OutcomeCache("key");
    const result = await build(cache, { ...fake, outcomes });
    expect(result.limited).toEqual(["a.sls"]);
    expect(result.failedList.get("a.sls")?.[0]).toMatch(/memory.*What Salt would do is not known\.$/);
    const again = fakeRenderer();
    expect((await build(cache, again)).success).toBe(2);
    expect(again.rendered).toEqual(["a.sls"]);
  });

  it("can be cancelled", async () => {
    folder.write({ "a.sls": one("x") });
    const signal = AbortSignal.abort();
    await expect(genrepo({ root: folder.root, renderer: fakeRenderer(), signal })).rejects.toThrow("aborted");
  });

  describe("again", () => {
    const old = new Date(Date.now() - 60_000);
    const settle = (...files: string[]) => {
      for (const file of files) utimesSync(path.join(folder.root, file), old, old);
    };

    it("renders only what changed, by content or by what it imports, and gives the same", async () => {
      folder.write({ "a.sls": one("x"), "b.sls": `import: map.jinja\n${JSON.stringify(one("y"))}`, "map.jinja": "1" });
      settle("a.sls", "b.sls");
      const cache = new OutcomeCache("key");
      const first = await build(cache);
      const renderer = fakeRenderer();
      const second = await build(cache, renderer);
      expect(renderer.rendered).toEqual([]);
      expect(second.winrepo.equals(first.winrepo)).toBe(true);
      expect([second.rendered, second.reused]).toEqual([0, 2]);

      folder.write({ "map.jinja": "2" });
      await build(cache, renderer);
      expect(renderer.rendered).toEqual(["b.sls"]);

      folder.write({ "a.sls": one("x", "new") });
      expect(toJson((await build(cache, renderer)).data().nameMap)).toEqual({ new: "x", y: "y" });
      expect(renderer.rendered).toEqual(["b.sls", "a.sls"]);
    });

    it("sees a change that leaves size and time as they were, when both are fresh", async () => {
      folder.write({ "a.sls": one("x", "A") });
      const cache = new OutcomeCache("key");
      await build(cache);
      folder.write({ "a.sls": one("x", "B") });
      expect(toJson((await build(cache)).data().nameMap)).toEqual({ B: "x" });
    });

    it("checks files that did not change again against those that did", async () => {
      folder.write({ "a.sls": one("x"), "b.sls": one("y") });
      const cache = new OutcomeCache("key");
      await build(cache);
      folder.write({ "a.sls": one("y") });
      const result = await build(cache);
      expect(result.failedList.get("b.sls")).toEqual(["package 'y' already defined"]);
    });

    it("is kept on disk under its key, and damage means a fresh start", async () => {
      folder.write({ "repo/a.sls": one("x") });
      const file = path.join(folder.root, "cache/outcomes");
      const cache = new OutcomeCache("key");
      await build(cache);
      await cache.save(file);
      const rendered = async (key: string) => {
        const renderer = fakeRenderer();
        await build(await OutcomeCache.load(file, key), renderer);
        return renderer.rendered.length;
      };
      expect(await rendered("key")).toBe(0);
      expect(await rendered("other")).toBe(1);
      truncateSync(file, 20);
      expect(await rendered("key")).toBe(1);
      mkdirSync(path.join(folder.root, "gone"));
      expect(await OutcomeCache.load(path.join(folder.root, "gone"), "key")).toBeInstanceOf(OutcomeCache);
    });
  });
});
