import { describe, expect, it } from "vitest";
import { MarkupContent } from "vscode-languageserver-types";
import { LineTable } from "../../../../engine/lines.js";
import { completion } from "../../../../server/languages/project-file/completion.js";
import { hover } from "../../../../server/languages/project-file/hover.js";
import { yamlPlaceAt } from "../../../../server/languages/yaml-place.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";

function pathAt(marked: string): readonly string[] {
  const { text, offset } = atCursor(marked);
  return yamlPlaceAt(new LineTable(text), offset).path;
}

function labelsAt(marked: string): string[] {
  const { text, offset } = atCursor(marked);
  return completion({ lines: new LineTable(text) }, offset, fullClient).map(({ label }) => label);
}

describe("where a place lies in a YAML file", () => {
  it.each([
    ["█", []],
    ["a:\n  █", ["a"]],
    ["a:\n  b: 1\n  c█", ["a"]],
    ["a:\n  b:\n    - x: 1\n      █", ["a", "b", "-"]],
    ["a:\n- █", ["a", "-"]],
    ["a:\n  - b:\n      c: █", ["a", "-", "b"]],
    ["a:\n  b: 1\n█", []],
    ["a:\n  # note\n\n  b█", ["a"]],
  ])("%j", (marked, path) => {
    expect(pathAt(marked)).toEqual(path);
  });
});

describe("a project file being typed", () => {
  it("offers the sections", () => {
    expect(labelsAt("█")).toEqual(expect.arrayContaining(["profiles", "lint", "targets"]));
  });

  it("offers what a section can have", () => {
    expect(labelsAt("lint:\n  █")).toEqual(expect.arrayContaining(["rules", "overrides"]));
    expect(labelsAt("lint:\n  overrides:\n    - files: ['*']\n      █")).toContain("rules");
  });

  it("offers the levels of a rule", () => {
    expect(labelsAt("lint:\n  rules:\n    http-url: █")).toEqual(expect.arrayContaining(["error", "off"]));
  });

  it("offers the codes of rules", () => {
    expect(labelsAt("lint:\n  rules:\n    █")).toEqual(expect.arrayContaining(["http-url", "jinja-undefined"]));
  });

  it.each(["profiles:\n  - █", "profiles: [█]", "profiles:\n  - name: mine\n    extends: █"])(
    "offers the built-in profiles in %j",
    (marked) => {
      expect(labelsAt(marked)).toEqual(expect.arrayContaining(["windows-amd64", "windows-x86"]));
    },
  );

  it("offers the kinds of targets", () => {
    expect(labelsAt("targets:\n  box:\n    kind: █")).toEqual(expect.arrayContaining(["simulated", "ssh"]));
  });

  it("offers nothing in a comment", () => {
    expect(labelsAt("# █")).toEqual([]);
  });

  it("says what a key means", () => {
    const { text, offset } = atCursor("exc█lude: []");
    const contents = hover({ lines: new LineTable(text) }, offset, fullClient)?.contents;
    expect(MarkupContent.is(contents) && contents.value).toContain("no command looks at");
  });
});
