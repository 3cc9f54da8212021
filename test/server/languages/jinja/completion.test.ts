import { describe, expect, it } from "vitest";
import type { CompletionItem } from "vscode-languageserver-types";
import { completion } from "../../../../server/languages/definition/completion.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { documentOf, profiles } from "../definition/rendered.js";
import { MemoryTemplates } from "./memory-templates.js";

const lib = "{% macro link(v, arch='x64') %}{% endmacro %}{% set base = 'b' %}{% set _own = 1 %}";
const brackets =
  '#jinja2: {"block_start_string": "[%", "block_end_string": "%]", "variable_start_string": "[[", "variable_end_string": "]]"}\n';
const facts = { profiles, templates: new MemoryTemplates({ "lib.jinja": lib }) };

/** What is offered, in the order in which an editor shows it. */
function itemsAt(marked: string): CompletionItem[] {
  const { text, offset } = atCursor(marked);
  const order = ({ sortText, label }: CompletionItem) => sortText ?? label;
  return completion(documentOf(text), offset, facts, fullClient).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

const labelsAt = (marked: string) => itemsAt(marked).map(({ label }) => label);

describe("completion in Jinja", () => {
  it.each([
    ["tags", "{% █", "load_yaml"],
    ["tags in delimiters of the file's own", `${brackets}[% █`, "load_yaml"],
    ["grains in delimiters of the file's own", `${brackets}x: [[ grains.█ ]]`, "cpuarch"],
    ["the end of a block in delimiters of the file's own", `${brackets}[% if a %][% █ %]`, "endif"],
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
    ["paths of templates", "{% from '█' import link %}", "lib.jinja"],
    ["names of the template that is imported", "{% from 'lib.jinja' import █ %}", "link"],
    ["the next name of an import", "{% from 'lib.jinja' import link, █", "base"],
    ["members of a module", "{% import 'lib.jinja' as lib %}{{ lib.█ }}", "link"],
    ["members of the loop", "{% for a in b %}{{ loop.█", "index0"],
    ["members of a dict", "{% set d = {'one': 1} %}{{ d.█ }}", "one"],
    ["keys of a dict", "{% set d = {'one-1': 1} %}{{ d['█'] }}", "one-1"],
    ["members of a loop's items", "{% for v in [{'arch': 1}] %}{{ v.█ }}", "arch"],
    ["members of what a loop unpacks", "{% for k, v in {'a': {'arch': 1}}.items() %}{{ v.█ }}", "arch"],
    ["members of loaded data", "{% load_yaml as d %}\nx: {y: 1}\n{% endload %}{{ d.x.█ }}", "y"],
    ["members of one of two values", "{% set d = {'a': 1} if x else {'b': 2} %}{{ d.█ }}", "b"],
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
    ["no name that cannot be imported", "{% from 'lib.jinja' import █ %}", "_own"],
    ["no name that is imported already", "{% from 'lib.jinja' import link, █ %}", "link"],
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

  it("shows what a member is, and how macros, filters and tests are called", () => {
    const detailOf = (marked: string, label: string) => itemsAt(marked).find((item) => item.label === label)?.detail;
    expect(detailOf("{% for v in [{'arch': 64}, {'arch': 32}] %}{{ v.█ }}", "arch")).toBe("64, 32");
    expect(detailOf("{% from 'lib.jinja' import █ %}", "link")).toBe("link(v, arch='x64')");
    expect(detailOf("{% macro f(a, b=1) %}{% endmacro %}{{ █ }}", "f")).toBe("macro f(a, b=1)");
    expect(detailOf("{{ a | █", "indent")).toBe("filter indent(width=4, first=False, blank=False)");
    expect(detailOf("{{ a is █", "divisibleby")).toBe("test divisibleby(num)");
  });

  it("offers whole blocks, with the margin of the line, and closes the tag where nobody has", () => {
    const textOf = (marked: string) => itemsAt(marked).find(({ label }) => label === "for … endfor");
    expect(textOf("  {% █")).toMatchObject({
      insertText: `for \${1:item} in \${2:items} %}\n  $0\n  {% endfor %}`,
      insertTextFormat: 2,
      insertTextMode: 1,
    });
    expect(textOf("{% █ %}")?.insertText).toMatch(/endfor$/);
    expect(textOf("{%- fo█%}\r\n")?.insertText).toMatch(/\r\n\{% endfor $/);
  });

  it("ends where names stand for each other without end", () => {
    const branches = Array.from({ length: 60 }, (_, index) => `{% elif a${index} %}{% set x = x.a if x.b else x.c %}`);
    expect(labelsAt(`{% if a %}{% set x = {'a': 1} %}${branches.join("")}{% endif %}{{ x.█ }}`)).toEqual(["a"]);
  });

  it.each(["{{ 'text █' }}", "{# █ #}", "{{ x.█ }}", "{% set █ %}", "{% macro █", "{% import 'a' as █ %}"])(
    "offers nothing in %s",
    (marked) => {
      expect(labelsAt(marked)).toEqual([]);
    },
  );
});
