import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { builtinProfiles } from "../../engine/config/builtin-profiles.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { SourceDefinitions } from "../../engine/repo/source-definitions.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "winrepo-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function definitions(text: string): Promise<SourceDefinitions> {
  const file = path.join(folder, "a.sls");
  writeFileSync(file, text);
  if (!existsSync(path.join(folder, "b.sls")))
    writeFileSync(path.join(folder, "b.sls"), "#!yaml\nother: {'1': {full_name: x}}\n");
  const files = ["b.sls", "a.sls", "gone.sls"].map((name) => ({ file: path.join(folder, name) }));
  const found = new SourceDefinitions(
    () => files,
    async (source, each) => renderDefinition(source, { path: each.file, profile: builtinProfiles[0]! }),
  );
  await found.open(["app", "other", "not-there"]);
  return found;
}

const plain = `#!yaml
app:
  '1.0':
    full_name: 'App 1'
    installer: https://h/x.exe
`;

it("finds a value, and that it stands there literally", async () => {
  const found = (await definitions(plain)).locate("app", "1.0", "full_name");
  expect(found).toEqual({
    location: {
      file: path.join(folder, "a.sls"),
      range: { start: { line: 3, character: 15 }, end: { line: 3, character: 22 } },
    },
    literal: "'App 1'",
  });
});

it.each([
  ["the version's key for an attribute that is not there", "1.0", "uninstaller", 2],
  ["the version's own key", "1.0", "version", 2],
  ["the package for a version that is not there", "9", "version", 1],
  ["the package", undefined, undefined, 1],
])("falls back to %s", async (_what, version, key, line) => {
  expect((await definitions(plain)).locate("app", version, key)?.location.range.start.line).toBe(line);
});

it("never takes the next best for the thing itself", async () => {
  const found = (await definitions(plain)).locate("app", "1.0", "uninstaller");
  expect(found?.literal).toBeUndefined();
  expect(found?.insertion).toEqual({
    location: {
      file: path.join(folder, "a.sls"),
      range: { start: { line: 4, character: 30 }, end: { line: 4, character: 30 } },
    },
    before: "\n    ",
  });
  expect((await definitions(plain)).locate("app", "9", "version")?.literal).toBeUndefined();
});

it.each([
  ["a flow mapping", "#!yaml\napp: {'1.0': {full_name: App}}\n"],
  ["a value of several lines", "#!yaml\napp:\n  '1.0':\n    full_name: >\n      App\n"],
])("knows no line to put something behind in %s", async (_what, text) => {
  expect((await definitions(text)).locate("app", "1.0", "uninstaller")?.insertion).toBeUndefined();
});

it("knows nothing of other packages", async () => {
  expect((await definitions(plain)).locate("nothing", "1.0", "full_name")).toBeUndefined();
});

it("follows merge keys", async () => {
  const text = `#!yaml
app:
  '1.0': &one
    full_name: App
  '2.0':
    <<: *one
    installer: x
`;
  expect((await definitions(text)).locate("app", "2.0", "full_name")?.location.range.start).toEqual({
    line: 3,
    character: 15,
  });
});

it("points into the template and offers no edit for what it computes", async () => {
  const text = `{%- set name = 'App' %}
app:
  '1.0':
    full_name: {{ name }} 1
    installer: https://h/x.exe
`;
  const found = (await definitions(text)).locate("app", "1.0", "full_name");
  expect(found?.location.range.start.line).toBeLessThanOrEqual(3);
  expect(found?.literal).toBeUndefined();
  expect((await definitions(text)).locate("app", "1.0", "installer")).toMatchObject({ literal: "https://h/x.exe" });
});

it("takes a quoted '<<' for the attribute that it is", async () => {
  const text = `#!yaml
app:
  '1.0': &one
    full_name: App
    installer: https://h/1.exe
  '2.0':
    '<<': *one
    installer: https://h/2.exe
`;
  const found = (await definitions(text)).locate("app", "2.0", "full_name");
  expect(found?.location.range.start.line).toBe(5);
  expect(found?.literal).toBeUndefined();
});

it("takes an attribute from the first of several merged mappings, and the version's own before all", async () => {
  const text = `#!yaml
app:
  '1.0': &one
    full_name: App 1
    installer: https://h/1.exe
  '2.0': &two
    full_name: App 2
    installer: https://h/2.exe
  '3.0':
    installer: https://h/3.exe
    <<: [*one, *two]
`;
  const opened = await definitions(text);
  const found = (key: string) => opened.locate("app", "3.0", key)?.location.range.start.line;
  expect([found("full_name"), found("installer")]).toEqual([3, 9]);
});

it.skipIf(process.platform === "win32")("opens no pipe and no device", async () => {
  execFileSync("mkfifo", [path.join(folder, "b.sls")]);
  symlinkSync("/dev/zero", path.join(folder, "gone.sls"));
  expect((await definitions(plain)).locate("app", "1.0", "installer")?.location.file).toBe(path.join(folder, "a.sls"));
  expect((await definitions(plain)).locate("not-there", "1.0", "installer")).toBeUndefined();
});
