import { describe, expect, it } from "vitest";
import { TemplateText } from "../../../../server/languages/jinja/template-text.js";
import { atCursor } from "../../cursor.js";

function placeAt(marked: string) {
  const { text, offset } = atCursor(marked);
  return new TemplateText(text).placeAt(offset);
}

describe("which Jinja the cursor is in", () => {
  it.each([
    ["a: █", "text"],
    ["{{ █ }}", "expression"],
    ["{{ █", "expression"],
    ["{{█", "expression"],
    ["{%- █ %}", "statement"],
    ["{# █ #}", "comment"],
    ["{# █", "comment"],
    ["{# a #}█", "text"],
    ["{{ a }}█", "text"],
    ["{{ a }█}", "text"],
    ["{█{ a }}", "text"],
    ["{{ a }} █ {{ b }}", "text"],
    ["{% set x = {'a': {'b': 1}} █ %}", "statement"],
    ["{% set x = '%}' █ %}", "statement"],
    ["{% set x = 'it' %}█ don't", "text"],
    ["{# {{ █ #}", "comment"],
    ["x: {a: █}", "text"],
    ["{% raw %}{{ █ }}{% endraw %}", "text"],
    ["{% set a = {\r\n  'b': █\r\n}\r\n%}", "statement"],
  ])("%s → %s", (marked, kind) => {
    expect(placeAt(marked).kind).toBe(kind);
  });

  it("ends a tag that somebody forgot to close with its line", () => {
    expect(placeAt("{{ grains.\n{% if █ %}").kind).toBe("statement");
    expect(placeAt("{{ grains.\n{% if a %}\nname: █").kind).toBe("text");
    expect(placeAt("{{ grains.\nname: █").kind).toBe("text");
    expect(placeAt("{{ grains['\nname: █ 'x'").kind).toBe("text");
    expect(placeAt("{# note\nname: █").kind).toBe("text");
  });

  it("knows the tag's content, what is before the cursor, and the word at it", () => {
    expect(placeAt("{%- set a = gra█ins -%}")).toMatchObject({
      content: { start: 3, end: 19 },
      before: [{ value: "set" }, { value: "a" }, { type: "assign" }],
      word: { start: 12, end: 18 },
      string: undefined,
    });
  });

  it("knows how much of a string is before the cursor, closed or open", () => {
    expect(placeAt("{{ salt['gr█ains.get'] }}")).toMatchObject({ string: "gr" });
    expect(placeAt("{{ salt['gr█")).toMatchObject({ string: "gr" });
    expect(placeAt("{{ salt['█'] }}")).toMatchObject({ string: "" });
    expect(placeAt("{{ salt['a'█] }}")).toMatchObject({ string: undefined });
  });
});
