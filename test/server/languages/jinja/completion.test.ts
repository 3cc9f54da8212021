import { describe, expect, it } from "vitest";
import type { CompletionItem } from "vscode-languageserver-types";
import { completion } from "../../../../server/languages/definition/completion.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { documentOf, profiles } from "../definition/rendered.js";

/** What is offered, in the order in which an editor shows it. */
function itemsAt(marked: string): CompletionItem[] {
  const { text, offset } = atCursor(marked);
  const order = ({ sortText, label }: CompletionItem) => sortText ?? label;
  return completion(documentOf(text), offset, profiles, fullClient).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

const labelsAt = (marked: string) => itemsAt(marked).map(({ label }) => label);

describe("completion in Jinja", () => {
  it.each([
    ["tags", "{% █", "load_yaml"],
    ["tags behind a sign", "{%-█", "load_yaml"],
    ["the end of the open block", "{% for a in b %}{%- endf█ %}", "endfor"],
    ["filters", "{{ x | re█ }}", "replace"],
    ["filters of a block", "{% filter █ %}", "indent"],
    ["tests", "{% if x is def█ %}", "defined"],
    ["tests behind not", "{% if x is not █ %}", "defined"],
    ["grains as attributes", "{{ grains.cpu█", "cpuarch"],
    ["grains as attributes, behind an error", "{% if a = b and grains.█ %}", "cpuarch"],
    ["grains as keys", "{{ grains['█'] }}", "osrelease"],
    ["grains as keys, the quote still open", "{{ grains['█\nname: 'x'", "osrelease"],
    ["grains in grains.get", "{{ salt['grains.get']('█') }}", "cpuarch"],
    ["grains in grains.get, by attributes", "{{ salt.grains.get('█", "cpuarch"],
    ["grains in a get of the dict", "{{ grains.get('█') }}", "cpuarch"],
    ["Salt's functions", "{{ salt['pkg█'] }}", "pkg.compare_versions"],
    ["what Salt provides", "{{ █ }}", "grains"],
    ["names of set and for", "{% set base = 1 %}{% for a, b in x %}{{ █ }}", "base"],
    ["both names of a loop", "{% for a, bee in x %}{{ █ }}", "bee"],
    ["names of load_yaml", "{% load_yaml as versions %}{% endload %}{% for v in █ %}", "versions"],
    ["macros", "{% macro url(x) %}{% endmacro %}{{ █ }}", "url"],
    ["macros that come later", "{{ █ }}{% macro url(x) %}{% endmacro %}", "url"],
    ["names below a tag that was forgotten", "{{ grains.\n{% set base = 1 %}\n{{ █", "base"],
    ["imported names", "{% from 'lib.jinja' import link as lnk %}{{ █", "lnk"],
    ["in behind a loop's names", "{% for a, b █ %}", "in"],
    ["as behind an import's path", "{% import 'lib.jinja' █ %}", "as"],
    ["operators behind an operand", "{% if a █ %}", "and"],
    ["values of a fact", "{% if grains['cpuarch'] == '█' %}", "AMD64"],
  ])("offers %s", (_, marked, label) => {
    expect(labelsAt(marked)).toContain(label);
  });

  it.each([
    ["no end of a block that is not open", "{% if a %}{% endif %}{% █ %}", "endif"],
    ["no name of another scope", "{% for a in x %}{% endfor %}{{ █ }}", "a"],
    ["no parameter outside of its macro", "{% macro f(p) %}{% endmacro %}{{ █ }}", "p"],
    ["no name that is set later", "{{ █ }}{% set late = 1 %}", "late"],
    ["not the name that the tag is about to set", "{% set self = █ %}", "self"],
    ["no operand behind an operand", "{% if a █ %}", "grains"],
    ["no key that cannot be an attribute", "{{ grains.█ }}", "a:b"],
  ])("offers %s", (_, marked, label) => {
    expect(labelsAt(marked)).not.toContain(label);
  });

  it("puts the end of the innermost block first, and own names before those of everyone", () => {
    expect(labelsAt("{% for a in b %}{% if a %}x{% █ %}").slice(0, 3)).toEqual(["elif", "else", "endif"]);
    expect(labelsAt("{% set zeta = 1 %}{% macro zz() %}{% endmacro %}{{ █ }}").slice(0, 3)).toEqual([
      "zeta",
      "zz",
      "grains",
    ]);
  });

  it("shows how profiles differ", () => {
    const item = itemsAt("{{ grains.█").find(({ label }) => label === "cpuarch");
    expect(item?.detail).toBe('windows-amd64: "AMD64", windows-x86: "x86"');
  });

  it.each(["{{ 'text █' }}", "{# █ #}", "{{ x.█ }}", "{% set █ %}", "{% macro █", "{% import 'a' as █ %}"])(
    "offers nothing in %s",
    (marked) => {
      expect(labelsAt(marked)).toEqual([]);
    },
  );
});
