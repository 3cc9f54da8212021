import { describe, expect, it } from "vitest";
import { loadProfile } from "../../engine/config/profile-loader.js";
import { genrepo } from "../../engine/repo/genrepo.js";
import { decodeMsgpack } from "../../engine/repo/msgpack.js";
import { saltReturn } from "../../engine/repo/salt-return.js";
import { toJson } from "../../engine/value/convert.js";
import { temporaryFolder } from "./folder.js";
import { inProcessRenderer } from "./in-process-renderer.js";

// What real Salt made of single files (salt-reference §16.1), row by row. The whole way is ours: Jinja, YAML,
// rules, winrepo.p.

const folder = temporaryFolder();

async function build(files: { readonly [file: string]: string | Uint8Array }) {
  folder.write(files);
  const renderer = inProcessRenderer(loadProfile("windows-amd64", folder.root));
  const result = await genrepo({ root: folder.root, renderer });
  return { ...result, stored: toJson(decodeMsgpack(result.winrepo)) as { readonly [key: string]: unknown } };
}

const messageOf = async (content: string | Uint8Array) => {
  const result = await build({ "a.sls": content });
  expect(saltReturn(result, false)).toMatchObject({ total: 1, success: 0, failed: 1 });
  expect(Object.keys(result.stored)).toEqual(["repo", "errors"]);
  return result.failedList.get("a.sls")?.[0];
};

const ofVersion = (version: string) => `a:\n  ${version}:\n    full_name: A\n`;

describe("one file", () => {
  it("that is fine", async () => {
    const result = await build({ "a.sls": "a: {'1.0': {full_name: A}}" });
    expect(saltReturn(result, false)).toEqual({ total: 1, success: 1, failed: 0 });
    expect(result.stored).toEqual({ repo: { a: { "1.0": { full_name: "A" } } }, errors: {}, name_map: { A: "a" } });
  });

  it.each([
    ["1.10", "1.1"],
    ["2019", "2019"],
    ["1:30", "90"],
    ["1_000", "1000"],
    ["on", "True"],
    ["~", "None"],
  ])("with the version %s", async (version, shown) => {
    expect(await messageOf(ofVersion(version))).toBe(`package 'a', version number ${shown} is not a string`);
  });

  it.each(["2019-01-02", "latest", "1.2.3", "1e5", "09", "y"])(
    "with the version %s, which is text",
    async (version) => {
      expect((await build({ "a.sls": ofVersion(version) })).stored.repo).toEqual({
        a: { [version]: { full_name: "A" } },
      });
    },
  );

  it.each(["a:\n  '1.0': foo", "a:\n  '1.0':"])("without data for a version: %j", async (content) => {
    expect(await messageOf(content)).toBe(
      "package 'a', repo data for version number 1.0 is not defined as a dictionary",
    );
  });

  it.each([
    ["a:", "AttributeError: 'NoneType' object has no attribute 'items'"],
    ["a: text", "AttributeError: 'str' object has no attribute 'items'"],
    ["a: [x]", "AttributeError: 'list' object has no attribute 'items'"],
    ["a: {'1.0': {installer: x}}", "KeyError: 'full_name'"],
    ["a: {'1.0': {full_name: [x]}}", "TypeError: unhashable type: 'list'"],
    ["a: {'1.0': {full_name: {x: y}}}", "TypeError: unhashable type: 'OrderedDict'"],
  ])("that makes Salt give up: %s", async (content, reason) => {
    const result = await build({ "a.sls": content, "b.sls": "b: {'1.0': {full_name: B}}" });
    expect(result.aborts).toEqual([{ file: "a.sls", reason }]);
    expect(result.stored.repo).toEqual({ b: { "1.0": { full_name: "B" } } });
  });

  it("with an empty package", async () => {
    expect((await build({ "a.sls": "a: {}" })).stored).toEqual({ repo: { a: {} }, errors: {}, name_map: {} });
  });

  it("with a key twice", async () => {
    const message = await messageOf("a: {'1.0': {full_name: A}}\na: {'2.0': {full_name: A}}");
    expect(message).toMatch(/^Failed to compile, while constructing a mapping/);
    expect(message).toContain("found conflicting ID 'a'");
  });

  it("with one good version and one that is a number: all of it is dropped", async () => {
    const content = "a: {'1.0': {full_name: A}, 1.10: {full_name: A}}";
    expect(await messageOf(content)).toBe("package 'a', version number 1.1 is not a string");
  });

  it.each(["", " \n\t\n", "# comment\n", "0\n"])("that is empty: %j", async (content) => {
    const result = await build({ "a.sls": content });
    expect(saltReturn(result, true)).toMatchObject({ success: 1, failed: 0, success_list: { "a.sls": [] } });
    expect(Object.keys(result.stored)).toEqual(["repo", "errors"]);
  });

  it.each(["- a\n", "text\n"])("whose root is no mapping: %j", async (content) => {
    expect(await messageOf(content)).toBe("Compiled contents, not a dictionary/hash ");
  });

  it("with two documents", async () => {
    expect(await messageOf("a: {}\n---\nb: {}\n")).toMatch(/^Failed to read, expected a single document in the stream/);
  });

  it("with a leading ---", async () => {
    expect((await build({ "a.sls": "---\na: {}\n" })).success).toBe(1);
  });

  it("that is indented with a tab", async () => {
    expect(await messageOf("a:\n\t'1.0': x\n")).toMatch(
      /^Failed to compile, found character that cannot start any token/,
    );
  });

  it.each(["{{ foo }}", "{% if foo %}{% endif %}"])("with an undefined name: %s", async (content) => {
    expect(await messageOf(content)).toMatch(/^Failed to compile, Jinja variable 'foo' is undefined; line 1/);
  });

  it("with a grain that has a default", async () => {
    const result = await build({ "a.sls": "{{ grains.get('x', 'y') }}: {}" });
    expect(result.stored.repo).toEqual({ y: {} });
  });

  it("behind #!yaml, without Jinja", async () => {
    expect((await build({ "a.sls": "#!yaml\na: {'{{ x }}': {full_name: A}}" })).stored.repo).toEqual({
      a: { "{{ x }}": { full_name: "A" } },
    });
  });

  it("behind a renderer that does not exist", async () => {
    const result = await build({ "a.sls": "#!nope\na: {'1.0': {full_name: A}}" });
    expect(saltReturn(result, true)).toMatchObject({ success: 1, success_list: { "a.sls": [] } });
  });

  it.each([new Uint8Array([0x61, 0x3a, 0x20, 0xe9]), new Uint8Array([0xff, 0xfe, 0x61, 0x00])])(
    "that is not UTF-8",
    async (content) => {
      expect(await messageOf(content)).toMatch(/^Failed to read, 'utf-8' codec can't decode byte 0x/);
    },
  );

  it("with a byte order mark", async () => {
    expect((await build({ "a.sls": "\ufeffa: {'1.0': {full_name: A}}" })).success).toBe(1);
  });
});

describe("several files", () => {
  it("that define the same package: the later one is dropped whole", async () => {
    const result = await build({
      "a.sls": "a: {'1.0': {full_name: A}}",
      "b.sls": "b: {'1.0': {full_name: B}}\na: {'2.0': {full_name: A2}}",
    });
    expect(saltReturn(result, false)).toMatchObject({
      failed: 1,
      failed_list: { "b.sls": ["package 'a' already defined"] },
    });
    expect(result.stored.repo).toEqual({ a: { "1.0": { full_name: "A" } } });
  });

  it("of which some are hidden or spelt in capitals", async () => {
    const result = await build({ ".git/x.sls": "x: {}", ".a.sls": "a: {}", "A.SLS": "b: {}" });
    expect(saltReturn(result, true)).toMatchObject({ total: 1, success_list: { ".a.sls": ["a"] } });
  });
});
