import { describe, expect, it } from "vitest";
import { SourceLocator } from "../../engine/definition/source-locator.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { bothProfiles } from "../lint/support.js";

function locate(source: string, text: string, nth = 0) {
  const [profile] = bothProfiles;
  if (!profile) throw new Error("there are built-in profiles");
  const { rendered, sourceMap } = renderDefinition(source, { path: "app.sls", profile });
  let start = rendered.indexOf(text);
  for (let turn = 0; turn < nth; turn++) start = rendered.indexOf(text, start + 1);
  const output = { start, end: start + text.length };
  const locator = new SourceLocator(source, rendered, sourceMap);
  const shown = (range: { start: number; end: number } | undefined) => range && source.slice(range.start, range.end);
  return {
    written: shown(locator.written(output)),
    origin: shown(locator.origin(output)),
    item: shown(locator.loopItem(output)),
    literal: locator.isLiteral(output),
  };
}

describe("a place in the source", () => {
  it("of plain text is that text", () => {
    expect(locate("app:\n  '1.0': {full_name: App}\n", "'1.0'")).toMatchObject({ written: "'1.0'", literal: true });
  });

  it("of a value is written with its braces, and comes from its literal", () => {
    const source = "{% set v = '1.0' %}\napp:\n  '{{- v }}.0': {full_name: App}\n";
    expect(locate(source, "'1.0.0'")).toMatchObject({ written: "'{{- v }}.0'", origin: "'1.0'", literal: false });
  });

  it("of a value from a loop knows the item of the right turn", () => {
    const source =
      "{% for v, n in [('1', 'a'), ('2', 'b')] %}\n{{ n }}:\n  '{{ v }}': {full_name: App {{ v }}{{ n }}}\n{% endfor %}\n";
    expect(locate(source, "'2'")).toMatchObject({ written: "'{{ v }}'", origin: "'2'", item: "('2', 'b')" });
    expect(locate(source, "App 2b").origin).toBeUndefined();
  });

  it("without a template is the same place", () => {
    expect(locate("#!yaml\napp:\n  '1.0': {full_name: App}\n", "'1.0'")).toMatchObject({
      written: "'1.0'",
      literal: true,
    });
  });
});
