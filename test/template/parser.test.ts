import { describe, expect, it } from "vitest";
import { parseTemplate } from "../../engine/template/index.js";
import type { Node } from "../../engine/template/syntax/nodes.js";
import { forEachNode } from "../../engine/template/syntax/visit.js";

function faultsOf(source: string) {
  return parseTemplate(source).faults.map(({ message, line, code, range }) => ({
    message,
    line,
    code,
    at: source.slice(range.start, range.end),
  }));
}

function find<K extends Node["kind"]>(source: string, kind: K): Extract<Node, { kind: K }>[] {
  const found: Node[] = [];
  forEachNode(parseTemplate(source).template, (node) => {
    if (node.kind === kind) found.push(node);
  });
  return found as Extract<Node, { kind: K }>[];
}

describe("what is wrong is told in Jinja's words, at the token", () => {
  it.each([
    ["a\n{% if %}", "Expected an expression, got 'end of statement block'", 2, "jinja-syntax", "%}"],
    ["{{ x y }}", "expected token 'end of print statement', got 'y'", 1, "jinja-syntax", "y"],
    ["{% foo x %}", "Encountered unknown tag 'foo'.", 1, "jinja-unknown-tag", "foo"],
    ["{{ 'C:\\Users' }}", "truncated \\UXXXXXXXX escape", 1, "jinja-syntax", "'C:\\Users'"],
    ["{{ a ! }}", "unexpected char '!' at 5", 1, "jinja-syntax", "!"],
    ["{% set true = 1 %}", "can't assign to 'const'", 1, "jinja-syntax", "true"],
    ["{{ f(a=1, 2) }}", "invalid syntax for function call expression", 1, "jinja-syntax", "2"],
    ["{{ (1 }}", "unexpected '}', expected ')'", 1, "jinja-syntax", "}"],
  ])("%s", (source, message, line, code, at) => {
    expect(faultsOf(source)[0]).toEqual({ message, line, code, at });
  });

  it("an open block is shown where it is opened, at the line that Jinja names", () => {
    const [fault] = faultsOf("{% for x in y %}\n{% if x %}\ntext\n");
    expect(fault).toMatchObject({
      code: "jinja-unclosed-block",
      at: "{% if x %}",
      line: 2,
      message:
        "Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. " +
        "The innermost block that needs to be closed is 'if'.",
    });
  });
});

describe("behind something wrong the rest is still read", () => {
  it("a name being typed keeps its object", () => {
    const source = "{{ grains. }} {% if grains.os %}x{% endif %}";
    const attributes = find(source, "attribute");
    expect(attributes.map(({ attribute, attributeSpan }) => [attribute, attributeSpan.start])).toEqual([
      ["", 10],
      ["os", 27],
    ]);
    expect(attributes[0]?.node).toMatchObject({ kind: "name", name: "grains" });
    expect(faultsOf(source)).toHaveLength(1);
  });

  it.each([
    "{{ grains['os }}{{ later }}",
    "{{ foo( }}{{ later }}",
    "{{ foo(a, }}{{ later }}",
    "{{ x| }}{{ later }}",
    "{{ x is }}{{ later }}",
    "{% set x = %}{{ later }}",
    "{% for x in %}a{% endfor %}{{ later }}",
    "{% foo %}{{ later }}",
    "{% %}{{ later }}",
    "{{ }}{{ later }}",
    "{{ 1 + }}{{ later }}",
    "{{ {'a': } }}{{ later }}",
    "{{ x if }}{{ later }}",
    "{% endif %}{{ later }}",
  ])("%s", (source) => {
    expect(faultsOf(source)).toHaveLength(1);
    if (!source.includes("'os ")) expect(find(source, "name").some(({ name }) => name === "later")).toBe(true);
  });

  it("a block that was not closed keeps its body", () => {
    const [loop] = find("{% for x in y %}{{ x }}", "for");
    expect(loop?.body).toHaveLength(1);
  });
});

describe("every node has its place", () => {
  it.each([
    ["{{ a + b * c }}", "binary", ["a + b * c", "b * c"]],
    ["{{ a.b['c'][1:2] }}", "item", ["a.b['c'][1:2]", "a.b['c']"]],
    ["{{ f(1, x=2)|g(3) is h }}", "test", ["f(1, x=2)|g(3) is h"]],
    ["{{ f(1, x=2)|g(3) is h }}", "filter", ["f(1, x=2)|g(3)"]],
    ["{{ ('a', 'b',) }}", "tuple", ["('a', 'b',)"]],
    ["{% for a, b in c %}x{% endfor %}", "tuple", ["a, b"]],
    ["{{ 'a' 'b' }}", "literal", ["'a' 'b'"]],
    ["{{ a if b else c }}", "conditional", ["a if b else c"]],
    ["a {% for x in y %}b{% endfor %} c", "for", ["{% for x in y %}b{% endfor %}"]],
    [
      "{% if a %}b{% elif c %}d{% else %}e{% endif %}",
      "if",
      ["{% if a %}b{% elif c %}d{% else %}e{% endif %}", "{% elif c %}d"],
    ],
    ["x{%- set y = 1 -%} z", "set", ["{%- set y = 1 -%}"]],
    ["x {{- y -}} z", "text", ["x", "z"]],
    ["a\r\n{{ b }}\r\nc", "print", ["{{ b }}"]],
  ] as const)("%s: %s", (source, kind, texts) => {
    expect(find(source, kind).map(({ start, end }) => source.slice(start, end).trimEnd())).toEqual(texts);
  });
});
