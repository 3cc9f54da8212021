import { describe, expect, it } from "vitest";
import { MarkupContent } from "vscode-languageserver-types";
import { projectShape } from "../../../engine/config/project-shape.js";
import { LineTable } from "../../../engine/lines.js";
import { completeSettings, hoverSettings } from "../../../server/service/settingsFile.js";
import { yamlPlaceAt } from "../../../server/service/yamlPath.js";
import { atCursor } from "../cursor.js";

function pathAt(marked: string): readonly string[] {
  const { text, offset } = atCursor(marked);
  return yamlPlaceAt(new LineTable(text), offset).path;
}

function labelsAt(marked: string): string[] {
  const { text, offset } = atCursor(marked);
  return completeSettings(new LineTable(text), offset, projectShape, { rules: ["http-url"] }).map(({ label }) => label);
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
    expect(labelsAt("lint:\n  rules:\n    █")).toEqual(["http-url"]);
  });

  it("offers nothing in a comment", () => {
    expect(labelsAt("# █")).toEqual([]);
  });

  it("says what a key means", () => {
    const { text, offset } = atCursor("exc█lude: []");
    const contents = hoverSettings(new LineTable(text), offset, projectShape)?.contents;
    expect(MarkupContent.is(contents) && contents.value).toContain("no command looks at");
  });
});
