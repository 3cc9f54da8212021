import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { INITIAL, type IRawGrammar, parseRawGrammar, Registry } from "vscode-textmate";

const folder = path.resolve(import.meta.dirname, "../../syntaxes");
const files: { readonly [scope: string]: string } = {
  "source.winrepo": "winrepo.tmLanguage.json",
  "winrepo.jinja.injection": "jinja.injection.tmLanguage.json",
};
let tokenize: (text: string) => (readonly [string, string])[];

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await loadWASM(readFileSync(wasm));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scope): Promise<IRawGrammar | null> => {
      const name = files[scope];
      return name === undefined ? null : parseRawGrammar(readFileSync(path.join(folder, name), "utf8"), name);
    },
    getInjections: (scope) => (scope === "source.winrepo" ? ["winrepo.jinja.injection"] : []),
  });
  const grammar = await registry.loadGrammar("source.winrepo");
  if (!grammar) throw new Error("the grammar could not be read");
  tokenize = (text) => {
    let state = INITIAL;
    return text.split("\n").flatMap((line) => {
      const result = grammar.tokenizeLine(line, state);
      state = result.ruleStack;
      return result.tokens.map(
        ({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex), scopes.slice(1).join(" ")] as const,
      );
    });
  };
});

/** The innermost scope of the first token with that text. */
function scopeOf(text: string, token: string): string | undefined {
  return tokenize(text)
    .find(([found]) => found.trim() === token)?.[1]
    .split(" ")
    .at(-1);
}

describe("the grammar", () => {
  it.each([
    ["{% for version in versions %}", "for", "keyword.control.jinja"],
    ["{%- endfor -%}", "endfor", "keyword.control.jinja"],
    ["{% load_yaml as versions %}", "load_yaml", "keyword.control.jinja"],
    ["{% macro flags(arch) %}", "flags", "entity.name.function.jinja"],
    ["{{ version|d('x') }}", "d", "support.function.filter.jinja"],
    ["{{ grains.cpuarch }}", "grains", "variable.language.jinja"],
    ["{# a comment #}", "a comment", "comment.block.jinja"],
    ["{{ 1.5 }}", "1.5", "constant.numeric.float.jinja"],
    ["a: 'x {{ version }} y'", "version", "variable.other.jinja"],
    ["# executed: {% set x = 1 %}", "set", "keyword.control.jinja"],
    ["#!jinja|yaml", "jinja|yaml", "keyword.control.directive.winrepo"],
    ["    full_name: X", "full_name", "support.type.property-name.winrepo"],
  ])("%s: %s is %s", (text, token, scope) => {
    expect(scopeOf(text, token)).toBe(scope);
  });

  it("does not end an expression within a dict or a string", () => {
    const text = "{{ {'a': {'b': 1}}['a'] ~ '}}' ~ last }} after";
    expect(scopeOf(text, "last")).toBe("variable.other.jinja");
    expect(scopeOf(text, "after")).not.toContain("jinja");
  });

  it("leaves raw text alone", () => {
    const text = "{% raw %}\n{{ not_jinja }}\n{% endraw %}\n{{ jinja }}";
    expect(scopeOf(text, "jinja")).toBe("variable.other.jinja");
    expect(tokenize(text).map(([, scopes]) => scopes)).not.toContainEqual(
      expect.stringContaining("meta.output.jinja meta.raw"),
    );
    expect(scopeOf(text, "{{ not_jinja }}")).toBe("meta.raw.jinja");
  });

  it("goes on after a comment of several lines", () => {
    expect(scopeOf("{# one\ntwo {{ x }}\n#}\n{{ jinja }}", "jinja")).toBe("variable.other.jinja");
  });

  it.each([
    ["  '1.10':", "1.10", "entity.name.tag.yaml"],
    ['  "1.10":', "1.10", "entity.name.tag.yaml"],
    ["palette:", "palette", "entity.name.tag.yaml"],
    ["  {{ version }}:", "version", "variable.other.jinja"],
    ["  tool_{{ version }}:", "tool_", "entity.name.tag.yaml"],
    ["    full_name: Tool 2", "Tool", "string.unquoted.plain.out.yaml"],
    ["    msiexec: True", "True", "constant.language.boolean.yaml"],
    ["- 2.10", "2.10", "constant.numeric.yaml"],
    ["- '2.10'", "2.10", "string.quoted.single.yaml"],
    ["    x: a#b", "a#b", "string.unquoted.plain.out.yaml"],
    ["    x: a # b", "b", "comment.line.number-sign.yaml"],
    ["    x: https://a.b/c", "https://a.b/c", "string.unquoted.plain.out.yaml"],
    ["    uninstaller: '{F}'", "{F}", "string.quoted.single.yaml"],
  ])("YAML: in %j, %j is %s", (text, token, scope) => {
    expect(scopeOf(text, token)).toBe(scope);
  });

  it("finds its way back after a list in a load_yaml block", () => {
    const text = "{%- load_yaml as versions %}\n- 2.10\n{%- endload %}\npalette:\n  '1': x";
    expect(scopeOf(text, "endload")).toBe("keyword.control.jinja");
    expect(scopeOf(text, "palette")).toBe("entity.name.tag.yaml");
  });

  it("ends a block of text where its indentation ends", () => {
    const text = "    flags: |\n      full_name: no key\n\n      more\n    installer: x";
    expect(scopeOf(text, "full_name: no key")).toBe("string.unquoted.block.yaml");
    expect(scopeOf(text, "installer")).toBe("support.type.property-name.winrepo");
  });
});
