import { describe, expect, it } from "vitest";
import { discoverDefinitions } from "../../engine/repo/discover.js";
import { comparePaths } from "../../engine/repo/file-order.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import { lintFiles } from "../lint/support.js";
import { fakeRenderer } from "./fake-render.js";
import { temporaryFolder } from "./folder.js";

const folder = temporaryFolder();

describe("the order of files", () => {
  it("is that of a minion: files before subfolders, without regard to case", () => {
    const files = ["b/a.sls", "B.sls", "a.sls", "b/c/x.sls", "c.sls"];
    expect(files.sort(comparePaths)).toEqual(["a.sls", "B.sls", "c.sls", "b/a.sls", "b/c/x.sls"]);
  });

  it("compares upper-cased names, as NTFS does: a_b comes behind ab", () => {
    expect(["a_b.sls", "ab.sls", "a-b.sls"].sort(comparePaths)).toEqual(["a-b.sls", "ab.sls", "a_b.sls"]);
  });

  it("is the same for discovery as for paths", async () => {
    const names = ["a_b.sls", "ab.sls", "Z.sls", "sub/x.sls", "Sub_2/x.sls", "subx/x.sls", "ß.sls", "ä.sls", "A.sls"];
    folder.write(Object.fromEntries(names.map((name) => [name, ""])));
    const { files } = await discoverDefinitions(folder.root);
    expect(files.map(({ path }) => path)).toEqual(names.sort(comparePaths));
  });

  it("makes lint and genrepo blame the same of two files", async () => {
    const app = { app: { "1.0": { full_name: "App" } } };
    folder.write({ "a_b.sls": app, "ab.sls": app });
    const { failedList } = await genrepo({ root: folder.root, renderer: fakeRenderer() });
    const source = "app:\n  '1.0': {full_name: App}\n";
    const found = lintFiles({ "a_b.sls": source, "ab.sls": source });
    expect([...failedList.keys()]).toEqual(["a_b.sls"]);
    expect(
      found
        .filter(({ code, severity }) => code === "duplicate-package" && severity === "error")
        .map(({ file }) => file),
    ).toEqual(["a_b.sls"]);
  });
});
