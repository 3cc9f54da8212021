import { describe, expect, it } from "vitest";
import { lex } from "../../engine/template/syntax/lexer.js";
import type { Node } from "../../engine/template/syntax/nodes.js";
import { parseTemplate } from "../../engine/template/syntax/parser.js";
import { defaultSettings } from "../../engine/template/syntax/settings.js";
import { forEachNode } from "../../engine/template/syntax/visit.js";
import { hasShared, sharedJson } from "../shared.js";

const recover = { recover: true };

/** The tags of a half-typed text, each as its tokens; text between them is left out. */
function tagsOf(source: string): string[] {
  const tags: string[] = [];
  for (const { type, start, end } of lex(source, defaultSettings, recover).tokens) {
    if (type.endsWith("_begin")) tags.push("");
    else if (type !== "data" && type !== "eof" && !type.endsWith("_end"))
      tags[tags.length - 1] += ` ${source.slice(start, end)}`;
  }
  return tags.map((tag) => tag.trim());
}

function namesOf(source: string): string[] {
  const names: string[] = [];
  forEachNode(parseTemplate(source, defaultSettings, recover).template, (node: Node) => {
    if (node.kind === "name") names.push(node.name);
  });
  return names;
}

describe("a tag that somebody is typing", () => {
  it.each([
    ["ends with its line", "{{ grains.\nname: {{ x }}", ["grains .", "x"]],
    ["ends with its line where nothing follows", "{{ grains.\nname: y\n", ["grains ."]],
    ["ends where the next one opens", "{{ grains. {% if x %}{% endif %}", ["grains .", "if x", "endif"]],
    ["goes on over lines while a bracket is open", "{% set a = {\n  'b': c,\n", ["set a = { 'b' : c ,"]],
    ["ends with its quote open", "{{ salt['gr }}\nname: {{ 'x' }}", ["salt [ 'gr", "'x'"]],
    ["ends with its quote open, brackets closed by the editor", "{{ salt['gr] }} don't", ["salt [ 'gr ]"]],
    ["ends with its quote open at the line's end", "{% from 'lib/a\n{{ b }}", ["from 'lib/a", "b"]],
    ["ends with its line when a quote and a bracket are open", "{{ a['\nname: 'b'\n", ["a [ '"]],
    ["ends with brackets open", "{{ f(a[1 }}\n{% if g( %}{{ b }}", ["f ( a [ 1", "if g (", "b"]],
    ["ends behind what is no token", "{{ a ! }}{{ b }}", ["a !", "b"]],
    ["is no comment to the end of the file", "{# note\n{{ b }}", ["b"]],
  ])("%s: %j", (_, source, tags) => {
    expect(tagsOf(source)).toEqual(tags);
  });

  it.each([
    "{{ {'a': {'b': 1}} }}{{ c }}",
    "{% set x = '%}' %}{{ c }}",
    "{% set x = 'a\nb' %}{{ c }}",
    "{% set x = {\n  'a': '{{ b }}',\n} %}\n{{ c }}",
    "{{ a\n  + b }}",
    "{%- if a -%}\r\n{{ b }}\r\n{%- endif -%}",
  ])("is read as Jinja reads it when it is whole: %j", (source) => {
    expect(lex(source, defaultSettings, recover)).toEqual(lex(source, defaultSettings));
  });

  it("leaves the names below it", () => {
    expect(namesOf("{% set a = b. %}{{ grains['\n{% for c in d %}{{ c }}{% endfor %}\n")).toEqual(
      expect.arrayContaining(["a", "b", "grains", "c", "d"]),
    );
  });

  it("is read in time that grows with the text alone", () => {
    for (const piece of ["{{ (\n", "{{ '\n", "{% set a = {\n", "{{ {{ ", "{# ", "{{ \"'\n"]) {
      expect(lex(piece.repeat(20_000), defaultSettings, recover).tokens.at(-1)?.type).toBe("eof");
    }
  });
});

it.skipIf(!hasShared)("every template that Jinja reads is read as Jinja reads it", () => {
  const { cases } = sharedJson<{ cases: readonly { readonly template: string; readonly output?: string }[] }>(
    "vectors/jinja.json",
  );
  const whole = cases.filter(({ output }) => output !== undefined);
  expect(whole.length).toBeGreaterThan(300);
  for (const { template } of whole)
    expect(lex(template, defaultSettings, recover)).toEqual(lex(template, defaultSettings));
});

it("blocks that nothing closes are known, innermost first", () => {
  const { openBlocks } = parseTemplate(
    "{% for a in b %}{% if a %}{% endif %}{% if c %}{% else %}x",
    defaultSettings,
    recover,
  );
  expect(openBlocks.map(({ ends }) => ends)).toEqual([["endif"], ["endfor", "else"]]);
});
