import { describe, expect, it } from "vitest";
import { SaltRelease } from "../../engine/salt-version/release.js";
import { renderTemplate } from "../../engine/template/index.js";

const brackets = `#jinja2: ${JSON.stringify({
  variable_start_string: "[[",
  variable_end_string: "]]",
  block_start_string: "[%",
  block_end_string: "%]",
})}`;

/** Where the template says what stands in the output. */
function sourceOf(template: string, rendered: string): string | undefined {
  const { text, sourceMap } = renderTemplate(template);
  const start = text.indexOf(rendered);
  const span = sourceMap?.toSource({ start, end: start + rendered.length });
  return span && template.slice(span.start, span.end);
}

describe("a line #jinja2: {…}", () => {
  it.each([
    ["first", `${brackets}\nx: [[ 1 + 1 ]] {{ y }}\n`, "x: 2 {{ y }}\n"],
    ["behind #!", `#!jinja|yaml\n${brackets}\nx: [[ 1 + 1 ]]\n`, "#!jinja|yaml\nx: 2\n"],
    ["with CRLF", `${brackets}\r\nx: [[ 1 ]]\r\ny: 2\r\n`, "x: 1\ny: 2\n"],
    ["alone", "#jinja2: {}", ""],
    ["with options in capitals", '#jinja2: {"TRIM_BLOCKS": true}\n{% if 1 %}\nx\n{% endif %}\n', "x\n\n"],
    ["behind a path to a program", `#!/bin/sh\n${brackets}\n[[ 1 ]]\n`, `#!/bin/sh\n${brackets}\n[[ 1 ]]\n`],
    ["that is no JSON", "#jinja2: {nope\n{{ 1 }}\n", "#jinja2: {nope\n1\n"],
    ["that is no object", "#jinja2: [1]\n{{ 1 }}\n", "#jinja2: [1]\n1\n"],
    ["that says nothing", "#jinja2:\n{{ 1 }}\n", "#jinja2:\n1\n"],
    ["of unknown and mistyped options", '#jinja2: {"nope": 1, "trim_blocks": "yes"}\n{{ 1 }}\n', "1\n"],
  ])("%s", (_, template, text) => {
    const rendered = renderTemplate(template);
    expect(rendered.text.replaceAll("\r\n", "\n")).toBe(text);
  });

  it("that swallows the file is reported where the comment begins", () => {
    const template = '#jinja2: {"comment_start_string": "x", "comment_end_string": "~~"}\nx {{ 1 }}\n';
    const [problem] = renderTemplate(template).problems;
    expect(problem?.message).toBe("Missing end of comment tag");
    expect(problem?.range.start).toBeGreaterThanOrEqual(template.indexOf("\nx") + 1);
  });

  it("keeps the places of the rest, whose lines Jinja counts without it", () => {
    const template = `#!jinja|yaml\n${brackets}\nx: [[ y ]]\n`;
    const [problem] = renderTemplate(template).problems;
    expect(template.slice(problem?.range.start, problem?.range.end)).toBe("y");
    expect(problem?.salt).toContain(
      "Jinja variable 'y' is undefined; line 2\n\n---\n#!jinja|yaml\nx: [[ y ]]    <====",
    );
    expect(sourceOf(`${brackets}\nname: [[ 'v' ~ 1 ]]\n`, "v1")).toBe("'v' ~ 1");
    expect(sourceOf(`${brackets}\nname: x\n`, "name")).toBe("name");
    expect(sourceOf(`#!jinja|yaml\n${brackets}\nname: x\n`, "name")).toBe("name");
    expect(sourceOf(`#!jinja|yaml\r\n${brackets}\r\na: 1\r\nname: x\r\n`, "name")).toBe("name");
    expect(sourceOf(`#!jinja|yaml\n${brackets}\nname: x\n`, "#!jinja|yaml")).toBe("#!jinja|yaml");
  });

  it("is text before the release that it came with, and in templates that are imported", () => {
    const before = new SaltRelease({ line: 3007, patch: 14 });
    expect(renderTemplate(`${brackets}\n[[ 1 ]]\n`, { salt: before }).text).toBe(`${brackets}\n[[ 1 ]]\n`);
    const host = { loadTemplate: (path: string) => ({ path, source: '#jinja2: {"trim_blocks": true}\n[[ 1 ]]' }) };
    const including = `${brackets}\n[% include 'a' %]`;
    expect(renderTemplate(including, { host }).text).toBe('#jinja2: {"trim_blocks": true}\n1');
  });
});
