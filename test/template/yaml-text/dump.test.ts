import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doubleQuoted, safeDump, singleQuoted } from "../../../engine/template/yaml-text/dump.js";
import { equal } from "../../../engine/value/equal.js";
import { Dict, PyFloat, type Value } from "../../../engine/value/types.js";
import { loadYamlData } from "../../../engine/yaml/index.js";
import { TestMeter } from "../../value/meter.js";

const dump = (value: Value, flow: boolean | null) => safeDump(value, flow, new TestMeter());

const text = fc.oneof(
  fc.constantFrom(
    "true",
    "1",
    "1.0",
    "",
    "- a",
    "a: b",
    "a\nb",
    " a",
    "~",
    "'",
    '"',
    "#",
    "2001-01-01",
    "0x1",
    "a\\b",
    "it's",
  ),
  fc.string({ maxLength: 12 }),
  fc.array(fc.constantFrom("word", "and", "it's"), { maxLength: 40 }).map((words) => words.join(" ")),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true }).map((number) => new PyFloat(number)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie("value")), { maxLength: 4 }).map((pairs) => Dict.from(pairs)),
  ),
}));

describe("YAML that Salt's filters write", () => {
  it.each([true, false, null])("reads back as it was (flow style %s)", (flow) => {
    fc.assert(
      fc.property(value, (one) => {
        const { data, problems } = loadYamlData(dump(one, flow));
        expect(problems).toEqual([]);
        expect(equal(data ?? null, one)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("looks as PyYAML writes it", () => {
    const data = Dict.from([
      ["b", [1, Dict.from([["c", null]])]],
      ["a", "yes"],
    ] as [string, Value][]);
    expect(dump(data, true)).toBe("{a: 'yes', b: [1, {c: null}]}\n");
    expect(dump(data, false)).toBe("a: 'yes'\nb:\n- 1\n- c: null\n");
    expect(dump(data, null)).toBe("a: 'yes'\nb:\n- 1\n- {c: null}\n");
  });

  it("names what comes twice", () => {
    const shared = [1];
    expect(dump([shared, shared], false)).toBe("- &id001\n  - 1\n- *id001\n");
  });

  it("quotes scalars", () => {
    expect(doubleQuoted('é"\\\n\x07')).toBe('"\\xE9\\"\\\\\\n\\a"');
    expect(singleQuoted("it's")).toBe("'it''s'");
  });
});
