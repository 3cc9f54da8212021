import { expect, it } from "vitest";
import { renderTemplate } from "../../engine/template/render-template.js";

const files = new Map([
  ["map.jinja", "{% import './inner.jinja' as inner %}{% set a = 1 %}"],
  ["inner.jinja", ""],
  ["broken.jinja", "{% if"],
]);
const host = {
  loadTemplate(path: string) {
    const source = files.get(path);
    return source === undefined ? undefined : { path, source };
  },
};

it.each([
  ["{% from 'map.jinja' import a %}{{ a }}", ["map.jinja", "inner.jinja"]],
  ["{% import 'missing.jinja' as m %}", ["missing.jinja"]],
  ["{% import 'broken.jinja' as m %}", ["broken.jinja"]],
  ["{% if false %}{% import 'map.jinja' as m %}{% endif %}", []],
])("%s depends on %j: a change of any of them may change what it renders to", (source, imports) => {
  expect(renderTemplate(source, { host }).imports).toEqual(imports);
});
