import { describe, expect, it } from "vitest";
import { MarkupContent } from "vscode-languageserver-types";
import { hover } from "../../../../server/languages/definition/hover.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { MemoryTemplates } from "../jinja/memory-templates.js";
import { documentOf, renderingsOf } from "./rendered.js";

const templates = new MemoryTemplates({
  "lib.jinja": "{# Where a version is downloaded. #}\n{% macro link(version, arch='x64') %}{% endmacro %}\n",
});

function hoverAt(marked: string): string | undefined {
  const { text, offset } = atCursor(marked);
  const document = documentOf(text);
  const facts = { renderings: renderingsOf(document), templates };
  const contents = hover(document, offset, facts, fullClient)?.contents;
  return MarkupContent.is(contents) ? contents.value : undefined;
}

const loop = (line: string) => `\
{% for version in ['1.1', '1.0'] %}
tool_{{ version }}:
  '{{ version }}':
    full_name: Tool {{ version }}
    ${line}
{% endfor %}
`;

describe("hover", () => {
  it("tells on a key what Salt does with it", () => {
    expect(hoverAt("tool:\n  '1':\n    full_█name: Tool\n")).toContain("pkg.genrepo");
    expect(hoverAt(loop("inst█aller: x"))).toContain("pkg.install");
  });

  it("knows a key in a branch that no profile takes", () => {
    expect(hoverAt("{% if false %}\ntool:\n  '1':\n    msi█exec: True\n{% endif %}\n")).toContain("msiexec");
  });

  it("shows what an expression renders to, once for profiles that agree", () => {
    expect(hoverAt(loop("x: {{ ver█sion }}"))).toMatch(
      /^\*\*Rendered\*\*\n\nwindows-amd64, windows-x86:\n\n- `1\.1`\n- `1\.0`\n\n---\n\nvariable/,
    );
  });

  it("tells profiles apart that differ", () => {
    const text = hoverAt("tool:\n  '{{ grains.cpu█arch }}':\n    full_name: Tool\n");
    expect(text).toContain("windows-amd64:\n\n- `AMD64`");
    expect(text).toContain("windows-x86:\n\n- `x86`");
  });

  it("shows a value as Salt gets it", () => {
    expect(hoverAt(loop("installer: https://exa█mple.com/{{ version }}.exe"))).toContain(
      "- `https://example.com/1.1.exe`",
    );
  });

  it("shows a fact where no profile renders it", () => {
    expect(hoverAt("{% if false %}{{ gra█ins.os }}{% endif %}")).toBeUndefined();
    expect(hoverAt("{% if grains['cpu█arch'] == 'x86' %}{% endif %}")).toBe(
      '**Fact of the machine**\n\n- windows-amd64: `"AMD64"`\n- windows-x86: `"x86"`',
    );
    expect(hoverAt("{% if grains.no█ne %}{% endif %}")).toContain("windows-amd64, windows-x86: *not there*");
    expect(hoverAt("{% if salt['grains.get']('cpu█arch') %}")).toContain('- windows-x86: `"x86"`');
  });

  it("tells which profiles take a branch", () => {
    const text = "{% i█f grains.cpuarch == 'AMD64' %}\nx: 1\n{% elif true %}\nx: 2\n{% endif %}\n";
    expect(hoverAt(text)).toBe("**Branch**\n\n- taken by: windows-amd64\n- not by: windows-x86");
    expect(hoverAt(text.replace("█", "").replace("elif", "el█if"))).toContain("taken by: windows-x86");
  });

  it.each([
    ["a filter", "{% set x = 'a' | ind█ent(2) %}", "`value | indent(width=4, first=False, blank=False)`"],
    ["where a filter is documented", "{% set x = 'a' | ind█ent(2) %}", "templates/#jinja-filters.indent"],
    ["that a filter is Salt's", "{% set x = 'a' | reg█ex_match('a') %}", "filter of Salt"],
    ["a test", "{% if 1 is divis█ibleby(2) %}{% endif %}", "`value is divisibleby(num)`"],
    ["a function of Salt", "{% set x = salt['cmd.r█un']('ver') %}", "Not run while editing"],
    ["a macro", "{% macro f(a, b=1) %}{% endmacro %}{% set x = █f(1) %}", "macro `f(a, b=1)`"],
    [
      "an imported macro",
      "{% from 'lib.jinja' import link as lnk %}{% set x = ln█k(1) %}",
      "macro `link(version, arch='x64')` from `lib.jinja`\n\nWhere a version is downloaded.",
    ],
    ["a variable", "{% set base = 'x' %}{% set y = ba█se %}", "variable\n\n- `{% set base = 'x' %}"],
  ])("explains %s", (_, marked, text) => {
    expect(hoverAt(marked)).toContain(text);
  });

  it("shows for a version what Salt would run, and what it finds in the registry then", () => {
    const text = (installer: string) =>
      `tool:\n  '1█.0':\n    full_name: Tool\n    installer: ${installer}\n    install_flags: /qn\n    msiexec: True\n`;
    const cache =
      "C:\\ProgramData\\Salt Project\\Salt\\var\\cache\\salt\\minion\\extrn_files\\base\\example.com\\a.msi";
    expect(hoverAt(text("https://example.com/a.msi"))).toBe(
      [
        "**Version**\n\nwindows-amd64, windows-x86:\n",
        `- install: \`"msiexec" /I "${cache}" ALLUSERS=1 /qn\``,
        "- uninstall: *nothing that Salt can run*",
        `- fetched to: \`${cache}\``,
        "- then in the registry: `Tool`, `1.0`",
      ].join("\n"),
    );
    expect(
      hoverAt(`${text("C:/a.exe").replace("msiexec: True", "uninstaller: '%ProgramFiles%\\a\\un.exe'")}`),
    ).toContain('- install: `"C:\\a.exe" /qn`\n- uninstall: `"%ProgramFiles%\\a\\un.exe" `');
  });

  it("lets no value break out of its code span", () => {
    expect(hoverAt("tool:\n  '1':\n    full_name: a`b``[x█](y)\n")).toContain("``` a`b``[x](y) ```");
  });

  it("has nothing to say in a comment", () => {
    expect(hoverAt("{# full_█name: #}")).toBeUndefined();
  });
});
