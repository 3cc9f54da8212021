import { describe, expect, it } from "vitest";
import { fixAll } from "../../engine/lint/fix.js";
import { lintText } from "./support.js";

/** The errors of a text as their codes and the source at their places. */
function errors(source: string): string[] {
  return lintText(source)
    .filter(({ severity }) => severity === "error")
    .map(({ code, range }) => `${code} ${source.slice(range.start, range.end)}`);
}

describe("an error of Jinja's syntax has no consequences that are errors of their own", () => {
  it.each([
    ["a quote too few in a list", "{% for v in ['1.0', 2.0'] %}\n'{{ v }}': x\n{% endfor %}\n", "jinja-syntax '] %}"],
    ["a quote too few in a condition", "{% if a == b' %}\na: 1\n{% else %}\nb: 1\n{% endif %}\n", "jinja-syntax "],
    ["a misspelt opening tag", "{% fro v in ['1'] %}\na: 1\n{% endfor %}\n", "jinja-unknown-tag fro"],
    ["a bracket too few", "{% for v in ['1.0', '2.0' %}\na: 1\n{% endfor %}\n", "jinja-syntax }"],
    ["a bracket of another kind", "{% set a = ['1') %}\n{% if a %}\na: 1\n{% endif %}\n", "jinja-syntax )"],
    ["a missing name of a tag", "{% %}\n{% endif %}\n", "jinja-syntax "],
    ["an open block in an unread one", "{% if 'a %}\n{% for x in y %}\na: 1\n{% endif %}\n", "jinja-syntax "],
  ])("%s", (_, source, first) => {
    const found = errors(source);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(first)).toBe(true);
  });

  it("and what is certainly independent is shown, without a quotation of Salt", () => {
    const source = "a: {{ 1 + }}\nb: {{ 'x' | nosuch( }}\nc: {{ [1 2] }}\n";
    const [first, ...later] = lintText(source).filter(({ severity }) => severity === "error");
    expect(first?.salt).toContain("Jinja syntax error");
    expect(later.length).toBeGreaterThan(0);
    for (const { salt } of later) {
      expect(salt).toBe("Salt has dropped the file at an earlier error and does not come here.");
    }
  });
});

describe("= where == was meant", () => {
  it.each(["if", "elif"])("is changed in %s", (tag) => {
    const open = tag === "if" ? "" : "{% if 0 %}\n";
    const source = `app:\n  '1.0':\n    ${open}{% ${tag} grains['os'] = 'Windows' %}\n    full_name: App\n    {% endif %}\n`;
    const { text } = fixAll(source, lintText);
    expect(text).toBe(source.replace(" = ", " == "));
  });
});
