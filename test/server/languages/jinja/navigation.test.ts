import { describe, expect, it } from "vitest";
import { CancellationToken } from "vscode-languageserver-protocol";
import type { Location, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { applyEdits } from "../../../../engine/lint/fix.js";
import { definition } from "../../../../server/languages/jinja/definition.js";
import { documentHighlights } from "../../../../server/languages/jinja/document-highlight.js";
import { references } from "../../../../server/languages/jinja/references.js";
import { prepareRename, rename } from "../../../../server/languages/jinja/rename.js";
import { Refusal } from "../../../../server/languages/language-service.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { MemoryTemplates } from "./memory-templates.js";

const token = CancellationToken.None;

/** Files of which one has the cursor. */
function open(marked: { readonly [path: string]: string }) {
  const cursors = Object.entries(marked).filter(([, text]) => text.includes("█"));
  const [[path, text] = ["", ""]] = cursors;
  const cursor = atCursor(text);
  const files = new MemoryTemplates({ ...marked, [path]: cursor.text });
  return { files, document: files.get(path), offset: cursor.offset };
}

/** Each place as its file, line and text. */
function shown(files: MemoryTemplates, locations: readonly Location[] | undefined): string[] {
  return (locations ?? []).map(({ uri, range }) => {
    const path = uri.replace("file:///srv/", "");
    const { lines } = files.get(path);
    const text = lines.lineText(range.start.line).slice(range.start.character, range.end.character);
    return `${path}:${range.start.line}:${range.start.character} ${text}`.trim();
  });
}

function definitionsAt(marked: { readonly [path: string]: string }): string[] {
  const { files, document, offset } = open(marked);
  return shown(files, definition(document, offset, files));
}

async function referencesAt(marked: { readonly [path: string]: string }, includeDeclaration = true): Promise<string[]> {
  const { files, document, offset } = open(marked);
  return shown(files, await references(document, offset, includeDeclaration, files, token));
}

/** The files that a rename changes, as they are after it. */
async function renamed(marked: { readonly [path: string]: string }, newName: string) {
  const { files, document, offset } = open(marked);
  prepareRename(document, offset, files);
  const edit = await rename(document, offset, newName, { files, client: fullClient, token });
  return Object.fromEntries(changesOf(edit).map(([path, edits]) => [path, applied(files, path, edits)]));
}

function changesOf(edit: WorkspaceEdit | undefined): [string, TextEdit[]][] {
  return (edit?.documentChanges ?? []).map((change) => {
    if (!("edits" in change)) throw new Error("edits were expected");
    return [change.textDocument.uri.replace("file:///srv/", ""), change.edits as TextEdit[]];
  });
}

function applied(files: MemoryTemplates, path: string, edits: readonly TextEdit[]): string {
  const { lines } = files.get(path);
  const at = ({ line, character }: { line: number; character: number }) => lines.startOf(line) + character;
  return applyEdits(
    lines.text,
    edits.map(({ range, newText }) => ({ range: { start: at(range.start), end: at(range.end) }, newText })),
  );
}

const template = `\
{% set base = 'https://example.com/' %}
{% macro url(version, base) %}{{ base }}{{ version }}{% endmacro %}
{% for version in ['1', '2'] %}
{{ base }}{{ url(version, base) }}
{% endfor %}
{{ version }}
`;

/** The template with the cursor at the nth occurrence of a word. */
function at(word: string, nth: number): { readonly "a.sls": string } {
  const starts = [...template.matchAll(new RegExp(`\\b${word}\\b`, "g"))].map(({ index }) => index);
  const start = starts[nth] ?? -1;
  return { "a.sls": `${template.slice(0, start)}█${template.slice(start)}` };
}

describe("names of a template", () => {
  it("tells a parameter from a variable of the same name", async () => {
    expect(await referencesAt(at("base", 0))).toEqual(["a.sls:0:7 base", "a.sls:3:3 base", "a.sls:3:26 base"]);
    expect(await referencesAt(at("base", 2))).toEqual(["a.sls:1:22 base", "a.sls:1:33 base"]);
  });

  it("gives a loop's name to the loop alone", async () => {
    expect(await referencesAt(at("version", 2))).toEqual(["a.sls:2:7 version", "a.sls:3:17 version"]);
    expect(await referencesAt(at("version", 4))).toEqual([]);
  });

  it("leaves out the places that set it where only uses are asked for", async () => {
    expect(await referencesAt(at("base", 0), false)).toEqual(["a.sls:3:3 base", "a.sls:3:26 base"]);
  });

  it("finds a macro from its call", () => {
    expect(definitionsAt({ "a.sls": "{% macro f() %}{% endmacro %}\n{{ █f() }}" })).toEqual(["a.sls:0:9 f"]);
  });

  it.each([
    ["the last set before it", "{% set x = 1 %}{% set x = 2 %}{{ █x }}{% set x = 3 %}", [22]],
    ["the set itself", "{% set x = 1 %}{% set █x = 2 %}", [22]],
    ["each branch", "{% set x = 0 %}{% if a %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ █x }}", [32, 57]],
    ["a branch, and what was before it", "{% set x = 0 %}{% if a %}{% set x = 1 %}{% endif %}{{ █x }}", [7, 32]],
    ["the branch that the use is in", "{% set x = 0 %}{% if a %}{% set x = 1 %}{{ █x }}{% endif %}", [32]],
    ["the last of several in a branch", "{% if a %}{% set x = 1 %}{% set x = 2 %}{% endif %}{{ █x }}", [32]],
  ])("is defined by %s", (_, text, columns) => {
    expect(definitionsAt({ "a.sls": text })).toEqual(columns.map((column) => `a.sls:0:${column} x`));
  });

  it("highlights what writes and what reads", () => {
    const { document, offset } = open({ "a.sls": "{% set █x = 1 %}{{ x }}" });
    expect(documentHighlights(document, offset)?.map(({ kind }) => kind)).toEqual([3, 2]);
  });

  it("is found below a tag that is being typed", async () => {
    expect(await referencesAt({ "a.sls": "{{ grains['\n{% set x = 1 %}\n{{ █x }}" })).toHaveLength(2);
  });
});

const lib = `\
{% set root = 'https://example.com/' %}
{% set root = root ~ 'x/' %}
{% macro link(version) %}{{ root }}{{ version }}{% endmacro %}
`;

describe("names of another template", () => {
  it.each([
    ["an imported macro", "{% from 'lib.jinja' import link %}{{ █link(1) }}", "lib.jinja:2:9 link"],
    ["a macro under another name", "{% from 'lib.jinja' import link as lnk %}{{ █lnk(1) }}", "lib.jinja:2:9 link"],
    ["a name in an import", "{% from 'lib.jinja' import li█nk as lnk %}", "lib.jinja:2:9 link"],
    ["a member of a module", "{% import 'lib.jinja' as lib %}{{ lib.li█nk(1) }}", "lib.jinja:2:9 link"],
    ["a variable, where it is set last", "{% from 'lib.jinja' import root %}{{ █root }}", "lib.jinja:1:7 root"],
    ["a path", "{% from 'lib█.jinja' import link %}", "lib.jinja:0:0"],
    ["a path of data", "{% import_yaml 'lib█.jinja' as lib %}", "lib.jinja:0:0"],
    ["a path that is included", "{% include 'lib█.jinja' %}", "lib.jinja:0:0"],
  ])("%s leads there", (_, text, place) => {
    expect(definitionsAt({ "a.sls": text, "lib.jinja": lib })).toEqual([place]);
  });

  it("is where it is imported when its file is not there", () => {
    expect(definitionsAt({ "a.sls": "{% from 'no.jinja' import link %}{{ █link(1) }}" })).toEqual(["a.sls:0:26 link"]);
  });

  const users = {
    "lib.jinja": lib,
    "a.sls": "{% from 'lib.jinja' import link %}{{ link(1) }}",
    "b.sls": "{% from 'lib.jinja' import link as lnk %}{{ lnk(1) }}",
    "c.sls": "{% import 'lib.jinja' as lib %}{{ lib.link(1) }}{{ lib.other }}",
    "d.sls": "{% macro link() %}{% endmacro %}{{ link() }}",
  };
  const everywhere = [
    "lib.jinja:2:9 link",
    "a.sls:0:27 link",
    "a.sls:0:37 link",
    "b.sls:0:27 link",
    "b.sls:0:35 lnk",
    "b.sls:0:44 lnk",
    "c.sls:0:38 link",
  ];

  it.each([
    ["from its definition", { "lib.jinja": lib.replace("link", "li█nk") }],
    ["from a use", { "a.sls": users["a.sls"].replace("link(", "li█nk(") }],
    ["from a member", { "c.sls": users["c.sls"].replace("link(", "li█nk(") }],
  ])("has all its references %s", async (_, marked) => {
    expect(await referencesAt({ ...users, ...marked })).toEqual(everywhere);
  });

  it.each([
    ["its definition", { "lib.jinja": lib.replace("link", "li█nk") }],
    ["a use", { "a.sls": users["a.sls"].replace("link(", "li█nk(") }],
    ["an import with another name", { "b.sls": users["b.sls"].replace("link", "li█nk") }],
  ])("is renamed everywhere from %s, and other names for it stay", async (_, marked) => {
    expect(await renamed({ ...users, ...marked }, "url")).toEqual({
      "lib.jinja": lib.replace("link", "url"),
      "a.sls": "{% from 'lib.jinja' import url %}{{ url(1) }}",
      "b.sls": "{% from 'lib.jinja' import url as lnk %}{{ lnk(1) }}",
      "c.sls": "{% import 'lib.jinja' as lib %}{{ lib.url(1) }}{{ lib.other }}",
    });
  });

  it("keeps its old name where the new one means something else", async () => {
    const clash = "{% from 'lib.jinja' import link %}{% set url = 1 %}{{ link(url) }}";
    const changed = await renamed({ "lib.jinja": lib.replace("link", "li█nk"), "a.sls": clash }, "url");
    expect(changed["a.sls"]).toBe("{% from 'lib.jinja' import url as link %}{% set url = 1 %}{{ link(url) }}");
  });

  it("is renamed alone by its other name", async () => {
    const marked = { ...users, "b.sls": users["b.sls"].replace("lnk(", "l█nk(") };
    expect(await renamed(marked, "url")).toEqual({ "b.sls": "{% from 'lib.jinja' import link as url %}{{ url(1) }}" });
  });

  it("gets another name here when its file is not there", async () => {
    const text = "{% from 'no.jinja' import link %}{{ l█ink(1) }}";
    expect(await renamed({ "a.sls": text }, "url")).toEqual({
      "a.sls": "{% from 'no.jinja' import link as url %}{{ url(1) }}",
    });
  });

  it("keeps its name in a file outside of the workspace", async () => {
    const outside = { "outside/lib.jinja": lib };
    const named = { ...outside, "a.sls": "{% from 'outside/lib.jinja' import link %}{{ l█ink(1) }}" };
    expect(await renamed(named, "url")).toEqual({
      "a.sls": "{% from 'outside/lib.jinja' import link as url %}{{ url(1) }}",
    });
    const member = { ...outside, "a.sls": "{% import 'outside/lib.jinja' as lib %}{{ lib.l█ink(1) }}" };
    await expect(renamed(member, "url")).rejects.toThrow("outside of the workspace");
  });

  it("gets no name that cannot be imported", async () => {
    await expect(renamed({ ...users, "lib.jinja": lib.replace("link", "li█nk") }, "_url")).rejects.toThrow(Refusal);
  });
});

describe("rename", () => {
  it("changes every place of the name, and no other", async () => {
    const changed = await renamed(at("base", 0), "root");
    expect(changed["a.sls"]).toBe(
      template
        .replace("set base", "set root")
        .replace("{{ base }}{{ url(version, base) }}", "{{ root }}{{ url(version, root) }}"),
    );
  });

  it.each([
    ["what Salt provides", "{{ gr█ains.os }}", "x"],
    ["to a word of Jinja", "{% set █x = 1 %}", "not"],
    ["to a name that is taken", "{% set █x = 1 %}{% set y = 2 %}", "y"],
    ["to something that is no name", "{% set █x = 1 %}", "a-b"],
  ])("refuses %s", async (_, text, newName) => {
    await expect(renamed({ "a.sls": text }, newName)).rejects.toThrow(Refusal);
  });
});
