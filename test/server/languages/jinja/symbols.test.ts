import { describe, expect, it } from "vitest";
import { definition } from "../../../../server/languages/definition/definition.js";
import { documentHighlights } from "../../../../server/languages/definition/document-highlight.js";
import { references } from "../../../../server/languages/definition/references.js";
import { rename } from "../../../../server/languages/definition/rename.js";
import { Refusal } from "../../../../server/languages/language-service.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { documentOf } from "../definition/rendered.js";

const template = `\
{% set base = 'https://example.com/' %}
{% macro url(version, base) %}{{ base }}{{ version }}{% endmacro %}
{% for version in ['1', '2'] %}
{{ base }}{{ url(version, base) }}
{% endfor %}
{{ version }}
`;

/** The line:character of each place that means what stands at the nth occurrence of a word. */
function places(word: string, nth: number): string[] {
  const starts = [...template.matchAll(new RegExp(`\\b${word}\\b`, "g"))].map(({ index }) => index);
  const found = references(documentOf(template), starts[nth] ?? -1, true);
  return found.map(({ range }) => `${range.start.line}:${range.start.character}`);
}

describe("names of a template", () => {
  it("tells a parameter from a variable of the same name", () => {
    expect(places("base", 0)).toEqual(["0:7", "3:3", "3:26"]);
    expect(places("base", 2)).toEqual(["1:22", "1:33"]);
  });

  it("gives a loop's name to the loop alone", () => {
    expect(places("version", 2)).toEqual(["2:7", "3:17"]);
    expect(places("version", 4)).toEqual([]);
  });

  it("finds a macro from its call", () => {
    const { text, offset } = atCursor("{% macro f() %}{% endmacro %}\n{{ █f() }}");
    expect(definition(documentOf(text), offset)).toMatchObject([{ range: { start: { line: 0, character: 9 } } }]);
  });

  it("names a set in an if for what comes after it", () => {
    const { text, offset } = atCursor("{% if a %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ █x }}");
    expect(definition(documentOf(text), offset)).toHaveLength(2);
  });

  it("highlights what writes and what reads", () => {
    const { text, offset } = atCursor("{% set █x = 1 %}{{ x }}");
    expect(documentHighlights(documentOf(text), offset)?.map(({ kind }) => kind)).toEqual([3, 2]);
  });
});

describe("rename", () => {
  it("changes every place of the name, and no other", () => {
    const edit = rename(documentOf(template), template.indexOf("base"), "root", fullClient);
    const [change] = edit.documentChanges ?? [];
    expect(change && "edits" in change && change.edits).toHaveLength(3);
  });

  it.each([
    ["what Salt provides", "{{ gr█ains.os }}", "x"],
    ["to a word of Jinja", "{% set █x = 1 %}", "not"],
    ["to a name that is taken", "{% set █x = 1 %}{% set y = 2 %}", "y"],
    ["to something that is no name", "{% set █x = 1 %}", "a-b"],
  ])("refuses %s", (_, marked, newName) => {
    const { text, offset } = atCursor(marked);
    expect(() => rename(documentOf(text), offset, newName, fullClient)).toThrow(Refusal);
  });
});
