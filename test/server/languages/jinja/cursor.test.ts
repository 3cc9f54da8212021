import { describe, expect, it } from "vitest";
import { jinjaAt } from "../../../../server/languages/jinja/cursor.js";
import { atCursor } from "../../cursor.js";

function kindAt(marked: string): string | undefined {
  const { text, offset } = atCursor(marked);
  return jinjaAt(text, offset)?.kind;
}

describe("which Jinja the cursor is in", () => {
  it.each([
    ["a: █", undefined],
    ["{{ █ }}", "expression"],
    ["{{ █", "expression"],
    ["{%- █ %}", "statement"],
    ["{# █ #}", "comment"],
    ["{{ a }}█", undefined],
    ["{█{ a }}", undefined],
    ["{{ a }} █ {{ b }}", undefined],
    ["{% set x = {'a': {'b': 1}} █ %}", "statement"],
    ["{% set x = '%}' █ %}", "statement"],
    ["{% set x = 'it' %}█ don't", undefined],
    ["{# {{ █ #}", "comment"],
    ["x: {a: █}", undefined],
  ])("%s → %s", (marked, kind) => {
    expect(kindAt(marked)).toBe(kind);
  });

  it("ends a tag that somebody forgot to close where the next one begins", () => {
    expect(kindAt("{{ grains.\n{% if █ %}")).toBe("statement");
    expect(kindAt("{{ grains.\n{% if a %}\nname: █")).toBeUndefined();
  });

  it("starts behind the whitespace control", () => {
    expect(jinjaAt("{%- set", 7)).toEqual({ kind: "statement", start: 3 });
  });
});
