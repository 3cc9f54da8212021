import { expect, it } from "vitest";
import { documentLinks } from "../../../../server/languages/definition/document-link.js";
import { MemoryTemplates } from "../jinja/memory-templates.js";
import { documentOf, renderingsOf } from "./rendered.js";

const templates = new MemoryTemplates({ "lib.jinja": "{% set base = 1 %}" });

/** Each link as the text that it stands on and where it leads. */
function linksOf(text: string): [string, string | undefined][] {
  const document = documentOf(text);
  return documentLinks(document, renderingsOf(document)[0], templates).map(({ range, target }) => {
    const line = document.lines.lineText(range.start.line);
    return [line.slice(range.start.character, range.end.character), target];
  });
}

it("imports lead to their files, as far as these are there", () => {
  expect(linksOf("{% from 'lib.jinja' import base %}{% import 'no.jinja' as no %}")).toEqual([
    ["lib.jinja", "file:///srv/lib.jinja"],
  ]);
});

it("an address leads where it is rendered to, a loop's to the first version's", () => {
  const text =
    "{% for v in ['2', '1'] %}\ntool{{ v }}:\n  '{{ v }}':\n    installer: https://example.com/{{ v }}/a.exe\n    uninstaller: 'salt://a'\n{% endfor %}\n";
  expect(linksOf(text)).toEqual([["https://example.com/{{ v }}/a.exe", "https://example.com/2/a.exe"]]);
});

it.each(["salt://win/a.exe", "'C:\\a.exe'", "file:///etc/passwd", "'javascript:alert(1)'", "'https://'"])(
  "%s is nothing to open",
  (installer) => {
    expect(linksOf(`tool:\n  '1':\n    installer: ${installer}\n`)).toEqual([]);
  },
);
