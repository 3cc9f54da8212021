import { describe, expect, it } from "vitest";
import { renderTemplate } from "../../engine/template/index.js";
import { corpusFiles } from "../corpus/definitions.js";
import { hasShared } from "../shared.js";
import { checkMap } from "./map-checks.js";

const context = { grains: { cpuarch: "AMD64" }, name: "given" };

function render(source: string, files: Record<string, string> = {}, windowsNewlines = false) {
  const loadTemplate = (path: string) => (files[path] === undefined ? undefined : { path, source: files[path] });
  const rendered = renderTemplate(source, { context, host: { loadTemplate }, windowsNewlines });
  expect(rendered.problems).toEqual([]);
  checkMap(source, rendered);
  const piece = (text: string, nth = 0) => {
    const found = rendered.sourceMap?.spans.filter(
      ({ output }) => rendered.text.slice(output.start, output.end) === text,
    )[nth];
    if (!found) throw new Error(`nothing printed ${JSON.stringify(text)}`);
    return {
      ...found,
      source: source.slice(found.source.start, found.source.end),
      origin: found.origin && source.slice(found.origin.start, found.origin.end),
      frames: found.frames.map(({ kind, iteration, item }) => ({
        kind,
        iteration,
        item: item && source.slice(item.start, item.end),
      })),
    };
  };
  const toSource = (text: string) => {
    const start = rendered.text.indexOf(text);
    const { start: from, end } = rendered.sourceMap?.toSource({ start, end: start + text.length }) ?? {
      start: 0,
      end: 0,
    };
    return source.slice(from, end);
  };
  return { ...rendered, piece, toSource };
}

describe("what made a piece of output", () => {
  it("is the text itself, or the expression", () => {
    const { piece } = render("a {{ name }} b");
    expect(piece("a ")).toMatchObject({ kind: "literal", source: "a ", frames: [] });
    expect(piece("given")).toMatchObject({ kind: "value", source: "name", origin: undefined });
  });

  it("knows the iterations of the loops around it, and the list element of each", () => {
    const { piece } = render(
      "{% for v in ['1.0', '2.0'] %}{% for a in ('x', 'y') %}{{ v }}{{ a }};{% endfor %}{% endfor %}",
    );
    expect(piece("y", 1)).toMatchObject({
      source: "a",
      origin: "'y'",
      frames: [
        { kind: "loop", iteration: 1, item: "'2.0'" },
        { kind: "loop", iteration: 1, item: "'y'" },
      ],
    });
  });

  it.each([
    ["{% set v = '1.0' %}{{ v }}", "'1.0'"],
    ["{% set v = '1.0' %}{% set w = v %}{{ w }}", "'1.0'"],
    ["{% set l = ['2.0', '1.0'] %}{{ l[1] }}", "'1.0'"],
    ["{% set l = ['2.0', '1.0'] %}{{ l[-1] }}", "'1.0'"],
    ["{% set d = {'v': '1.0'} %}{{ d.v }}", "'1.0'"],
    ["{% set d = {'v': '1.0'} %}{{ d['v'] }}", "'1.0'"],
    ["{% set d = {'a': {'b': ['1.0']}} %}{{ d.a.b[0] }}", "'1.0'"],
    ["{% for a, v in [('x', '1.0')] %}{{ v }}{% endfor %}", "'1.0'"],
    ["{% for a, (b, v) in [('x', ('y', '1.0'))] %}{{ v }}{% endfor %}", "'1.0'"],
    ["{% for k in {'1.0': 2} %}{{ k }}{% endfor %}", "'1.0'"],
    ["{% for k, v in {'a': '1.0'}.items() %}{{ v }}{% endfor %}", "'1.0'"],
    ["{% for k, v in {'1.0': 'a'}.items() %}{{ k }}{% endfor %}", "'1.0'"],
    ["{% for v in {'a': '1.0'}.values() %}{{ v }}{% endfor %}", "'1.0'"],
    ["{% for k in {'1.0': 'a'}.keys() %}{{ k }}{% endfor %}", "'1.0'"],
    ["{% for k, d in {'a': {'v': '1.0'}}.items() %}{{ d.v }}{% endfor %}", "'1.0'"],
    ["{% with v = '1.0' %}{{ v }}{% endwith %}", "'1.0'"],
    ["{% macro m(v) %}{{ v }}{% endmacro %}{{ m('1.0') }}", "'1.0'"],
    ["{% macro m(v) %}{{ v }}{% endmacro %}{{ m(v='1.0') }}", "'1.0'"],
    ["{% macro m(v) %}{{ v }}{% endmacro %}{% for x in ['1.0'] %}{{ m(x) }}{% endfor %}", "'1.0'"],
    ["{% load_yaml as l %}\n- 1.0\n{% endload %}{% for v in l %}{{ v }}{% endfor %}", "1.0"],
    ["{% load_yaml as d %}\nv: '1.0'\n{% endload %}{{ d.v }}", "'1.0'"],
    ["{% load_yaml as d %}\na:\n  - v: '1.0'\n{% endload %}{{ d.a[0].v }}", "'1.0'"],
    ["{% load_yaml as d %}\n'1.0': {a: b}\n{% endload %}{% for v, x in d.items() %}{{ v }}{% endfor %}", "'1.0'"],
  ])("%s", (source, origin) => {
    expect(render(source).piece("1.0").origin).toBe(origin);
  });

  it("has no literal where the value was computed", () => {
    expect(render("{% set v = '1' ~ '.0' %}{{ v }}").piece("1.0").origin).toBeUndefined();
    expect(render("{% for v in '1.0,2.0'.split(',') %}{{ v }}{% endfor %}").piece("1.0").origin).toBeUndefined();
  });

  it("lies inside of a macro, behind its call", () => {
    const { piece } = render("{% macro m(v) %}<{{ v }}>{% endmacro %}{% for x in [1, 2] %}{{ m(x) }}{% endfor %}");
    expect(piece("<", 1)).toMatchObject({
      kind: "literal",
      source: "<",
      frames: [{ kind: "loop", iteration: 1, item: "2" }, { kind: "macro" }],
    });
    expect(piece("2")).toMatchObject({ kind: "value", source: "v", origin: "2" });
  });

  it("lies in an imported template, behind the place that brings it in", () => {
    const source = "{% include 'inc' %}{% from 'lib' import m %}{{ m('a') }}";
    const { sourceMap, text } = render(source, { inc: "[{{ name }}]", lib: "{% macro m(v) %}({{ v }}){% endmacro %}" });
    expect(text).toBe("[given](a)");
    expect(sourceMap?.spans.map(({ file, kind }) => [file, kind])).toEqual([
      ...["literal", "value", "literal"].map((kind) => ["inc", kind]),
      ...["literal", "value", "literal"].map((kind) => ["lib", kind]),
    ]);
    const places = [1, 8].map((offset) => sourceMap?.toSource({ start: offset, end: offset + 1 }));
    expect(places.map((place) => source.slice(place?.start, place?.end))).toEqual(["{% include 'inc' %}", "'a'"]);
  });
});

describe("the place in the source for a range of output", () => {
  const source = "{% set v = '1.0' %}\npkg:\n  '{{ v }}':\n    full_name: App {{ v ~ '!' }} end\n";
  it.each([
    ["pkg", "pkg"],
    ["1.0", "'1.0'"],
    ["full_name", "full_name"],
    ["1.0!", "v ~ '!'"],
  ])("%s", (output, place) => {
    expect(render(source).toSource(output)).toBe(place);
  });
});

describe("line breaks of Windows", () => {
  const source = "a\r\n{% for x in [1, 2] %}\r\nb {{ x }}\r\n\r\n{% endfor %}c\r\n";
  it("are one character in the text, and their places right", () => {
    const { text, toSource } = render(source);
    expect(text).toBe("a\n\nb 1\n\n\nb 2\n\nc\n");
    expect(toSource("c")).toBe("c");
  });
  it("come back where Salt brings them back", () => {
    expect(render(source, {}, true).text).toBe("a\r\n\r\nb 1\r\n\r\n\r\nb 2\r\n\r\nc\r\n");
  });
});

it.skipIf(!hasShared)("the maps of the corpus fit", () => {
  for (const { source } of corpusFiles()) {
    const text = String(source);
    checkMap(text, renderTemplate(text, { context }));
    checkMap(text, renderTemplate(text, { context, windowsNewlines: text.includes("\r\n") }));
  }
});
