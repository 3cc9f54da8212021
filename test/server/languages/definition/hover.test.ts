import { describe, expect, it } from "vitest";
import { MarkupContent } from "vscode-languageserver-types";
import { hover } from "../../../../server/languages/definition/hover.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";
import { documentOf, renderingsOf } from "./rendered.js";

function hoverAt(marked: string): string | undefined {
  const { text, offset } = atCursor(marked);
  const document = documentOf(text);
  const contents = hover(document, offset, renderingsOf(document), fullClient)?.contents;
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
    expect(hoverAt(loop("x: {{ ver█sion }}"))).toBe("**Rendered**\n\nwindows-amd64, windows-x86:\n\n- `1.1`\n- `1.0`");
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

  it("says when no profile renders an expression", () => {
    expect(hoverAt("{% if false %}{{ gra█ins.os }}{% endif %}")).toBeUndefined();
  });

  it("lets no value break out of its code span", () => {
    expect(hoverAt("tool:\n  '1':\n    full_name: a`b``[x█](y)\n")).toContain("``` a`b``[x](y) ```");
  });

  it("has nothing to say in a comment", () => {
    expect(hoverAt("{# full_█name: #}")).toBeUndefined();
  });
});
