import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { yamlText } from "../../engine/cli/yaml-text.js";
import { toJson, toTyped } from "../../engine/value/convert.js";
import { loadYamlData } from "../../engine/yaml/index.js";

const text = fc.oneof(
  fc.constantFrom(
    "on",
    "No",
    "~",
    "",
    "1.10",
    "1:30",
    "1_000",
    "0123",
    "0o17",
    "1e3",
    "=",
    "<<",
    ".5",
    "0x1F",
    "- a",
    "null",
    "y",
  ),
  fc.constantFrom(
    "2019-01-02",
    "2001-12-14 21:59:43",
    ".inf",
    "+1",
    "a: b",
    "a #b",
    "'",
    '"',
    "|",
    "{{ x }}",
    "%a",
    "@",
    "tab\t",
    "\u2028",
    "a\u2029b",
    "\u0085",
    "line\u2028and\nline",
    " a ",
  ),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc.stringMatching(/^[0-9a-fxo_:.eE+-]{1,8}$/),
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    text,
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 5 }),
    fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      tie("any"),
      { maxKeys: 5 },
    ),
  ),
})).any;

describe("YAML that is written", () => {
  it("is read by Salt's loader as it was", () => {
    fc.assert(
      fc.property(value, (any) => {
        const written = yamlText(any as object);
        const { data, problems } = loadYamlData(written);
        expect(problems).toEqual([]);
        expect(toJson(data as never)).toEqual(any);
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes every character, as key and as value, alone and beside others", () => {
    const wrong: string[] = [];
    const eachOne = (code: number) => code < 0x100 || (code >= 0x2000 && code < 0x2070) || code >= 0xfe00;
    for (let code = 0; code <= 0xffff; code += eachOne(code) ? 1 : 0x10) {
      const character = String.fromCharCode(code);
      if (/[\ud800-\udfff]/u.test(character)) continue;
      for (const each of [character, `a${character}b`, `a\n${character}`, ` ${character}`]) {
        const { data, problems } = loadYamlData(yamlText([{ [each]: [each] }]));
        const same =
          problems.length === 0 && JSON.stringify(toJson(data as never)) === JSON.stringify([{ [each]: [each] }]);
        if (!same) wrong.push(JSON.stringify(each));
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(["\ufeff", "\ufffe", "\uffff", "\u007f", " \n", "\n\n a", "a \n", "\ta\nb"])("writes %j", (text) => {
    expect(toJson(loadYamlData(yamlText({ [text]: [text] })).data as never)).toEqual({ [text]: [text] });
  });

  it("keeps text apart from numbers", () => {
    expect(toTyped(loadYamlData(yamlText({ a: "1.10" })).data as never)).toEqual({ m: [[{ s: "a" }, { s: "1.10" }]] });
  });
});
