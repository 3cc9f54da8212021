import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTemplate, renderTemplate } from "../../engine/template/index.js";
import { corpusFiles } from "../corpus/definitions.js";
import { hasShared } from "../shared.js";
import { checkMap } from "./map-checks.js";

// Whatever text comes, parsing and rendering give an answer, soon, and the map fits the text.

const pieces = [
  ..."{{ }} {% %} {# #} -%} {%- +%} {{- -}} ( ) [ ] { } ' \" \\ | . , : ~ + - * / // ** % == != < >= = \n \r\n".split(
    " ",
  ),
  ..." if else elif endif for in endfor set endset macro endmacro call endcall filter endfilter with endwith raw endraw".split(
    " ",
  ),
  ..."block endblock include import from as do break continue recursive is not and or defined none true loop caller".split(
    " ",
  ),
  ..."load_yaml endload import_yaml namespace range dict x y ns.a salt grains 1 1.5 'a' [1,2] {'k':1} (1,) \\x \\U é 😀".split(
    " ",
  ),
];
const context = { x: [1, "a", null], y: { k: "v" }, grains: { cpuarch: "AMD64" } };
const limits = { steps: 100_000, output: 100_000, size: 500_000 };

function survives(source: string): void {
  const { template, faults } = parseTemplate(source);
  expect(template.end).toBe(source.length);
  for (const { range } of faults) {
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(source.length);
  }
  const rendered = renderTemplate(source, { context, limits });
  expect(rendered.problems.length === 0 || rendered.problems[0]?.severity === "error").toBe(true);
  if (faults.length > 0) expect(rendered.text).toBe("");
  checkMap(source, rendered);
  expect(renderTemplate(source, { context, limits, map: false }).text).toBe(rendered.text);
}

describe("any text", () => {
  it("made of the words of templates", () => {
    const words = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(" "));
    fc.assert(fc.property(words, survives), { numRuns: 400 });
  });

  it("made of statements that belong together", () => {
    const { body } = fc.letrec<{ body: string; statement: string }>((tie) => ({
      body: fc.array(tie("statement"), { maxLength: 4 }).map((list) => list.join("")),
      statement: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom(
          "text ",
          "\n",
          "{{ x }}",
          "{{ y.k }}",
          "{{ x[0] ~ y }}",
          "{{ m(1) }}",
          "{{ loop.index }}",
          "{{ '<' }}",
        ),
        fc.constantFrom(
          "{% set x = [1, 2] %}",
          "{% set y = {'k': 2} %}",
          "{% do x.append(3) %}",
          "{# c #}",
          "{%- break %}",
        ),
        tie("body").map((inner) => `{% for x in x %}${inner}{% else %}none{% endfor %}`),
        tie("body").map((inner) => `{% if x %}${inner}{% elif y %}e{% else %}f{% endif %}`),
        tie("body").map((inner) => `{% macro m(a, b=a) %}${inner}{{ varargs }}{{ caller is defined }}{% endmacro %}`),
        tie("body").map((inner) => `{% call(q) m(1) %}${inner}{% endcall %}`),
        tie("body").map((inner) => `{% set x %}${inner}{% endset %}`),
        tie("body").map((inner) => `{% filter upper %}${inner}{% endfilter %}`),
        tie("body").map((inner) => `{% with x = y %}${inner}{% endwith %}`),
        tie("body").map((inner) => `{% load_yaml as y %}\n- ${inner}\n{% endload %}`),
        tie("body").map((inner) => `{% autoescape true %}${inner}{% endautoescape %}`),
      ),
    }));
    fc.assert(fc.property(body, survives), { numRuns: 400 });
  });

  it("at random", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), survives), { numRuns: 300 });
  });

  it.skipIf(!hasShared)("that was a definition before", () => {
    const files = corpusFiles()
      .map(({ source }) => String(source))
      .filter((text) => text.length < 4000);
    const cut = fc.tuple(fc.constantFrom(...files), fc.nat(), fc.nat({ max: 60 }), fc.constantFrom(...pieces, ""));
    fc.assert(
      fc.property(cut, ([text, at, length, piece]) => {
        const start = at % (text.length + 1);
        survives(text.slice(0, start) + piece + text.slice(start + length));
      }),
      { numRuns: 250 },
    );
  });
});
