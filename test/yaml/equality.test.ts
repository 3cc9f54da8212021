import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument, stringify } from "yaml";
import { fromJson, toJson, toTyped } from "../../engine/value/convert.js";
import type { Json } from "../../engine/value/types.js";
import { loadYaml, loadYamlData } from "../../engine/yaml/index.js";
import { quickLoad } from "../../engine/yaml/quick-load.js";
import { hasShared, sharedJson } from "../shared.js";

/** Both loaders say the same; returns whether the quick one took part. */
function expectEqual(text: string): boolean {
  const complete = loadYaml(text);
  const fast = loadYamlData(text);
  expect(fast.problems).toEqual(complete.problems);
  expect(fast.data === undefined).toBe(complete.data === undefined);
  if (complete.data !== undefined && fast.data !== undefined) {
    expect(toTyped(fast.data)).toEqual(toTyped(complete.data));
  }
  return quickLoad(text) !== undefined;
}

const scalars = [
  "text",
  "two words",
  "C:\\Program Files\\x",
  "'quoted: # text'",
  '"double"',
  "'it''s'",
  "https://example.com/a#b",
  "%VAR%",
  "- x",
  "-x",
  "a: b",
  "a:",
  "{a}",
  "[1, 2]",
  "&a x",
  "*a",
  "!t x",
  "| x",
  "",
  "~",
  "yes",
  "1.10",
  "017",
  "0_",
  "1:30",
  "=",
  "<<",
  "é",
  "x # comment",
  "x#y",
  "? k",
  ":x",
  "---",
  "...x",
  "99999999999999999999",
];

/** Lines as they stand in definitions, right and wrong, at any indentation. */
const line = fc
  .tuple(
    fc.nat(4),
    fc.constantFrom("", "", "", "- ", "- - ", "-"),
    fc.constantFrom(...scalars),
    fc.constantFrom(": ", ":", ":  ", " : ", "", " "),
    fc.constantFrom(...scalars),
    fc.constantFrom("", "", "", " ", " # c", "\t", "\r"),
  )
  .map(([indent, dash, key, colon, value, tail]) => `${" ".repeat(indent)}${dash}${key}${colon}${value}${tail}\n`);

/** A well-formed mapping, indented right, with the odd comment. */
const definition = fc
  .array(
    fc.tuple(
      fc.constantFrom("'1.0'", "'2.0'", "latest", "3.1"),
      fc.array(fc.constantFrom(...scalars), { maxLength: 4 }),
    ),
    { maxLength: 4 },
  )
  .map((versions) => {
    const body = versions.map(([version, values]) => {
      const lines = values.map((value, index) => `    key${index}: ${value}\n${index === 2 ? "    # c\n\n" : ""}`);
      return `  ${version}:\n${lines.join("")}`;
    });
    return `pkg:\n${body.join("")}`;
  });

describe("the data loader gives what the complete one gives", () => {
  it("for lines of any kind", () => {
    let quick = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), (lines) => {
        if (expectEqual(lines.join(""))) quick++;
      }),
      { numRuns: 3000 },
    );
    expect(quick).toBeGreaterThan(20);
  });

  it("for definitions, most of which are simple", () => {
    let quick = 0;
    fc.assert(
      fc.property(definition, (text) => {
        if (expectEqual(text)) quick++;
      }),
      { numRuns: 2000 },
    );
    expect(quick).toBeGreaterThan(200);
  });

  it("for characters of any kind", () => {
    const characters = fc.constantFrom(..."ab:-?,[]{}#&*!|>'\"%@` \n\n\t\r\\0x.\u0085\u2028\ufeff\u0007é😀");
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 30 }), (parts) => {
        expectEqual(parts.join(""));
      }),
      { numRuns: 5000 },
    );
  });

  it.skipIf(!hasShared)("for every rendered text of the corpus, cut off anywhere", () => {
    let quick = 0;
    let count = 0;
    for (const profile of ["windows-amd64", "windows-x86"]) {
      const files = sharedJson<Record<string, { rendered?: string }>>(`corpus/expected/${profile}.json`);
      for (const { rendered } of Object.values(files)) {
        if (!rendered) continue;
        count++;
        if (expectEqual(rendered)) quick++;
        if (rendered.length < 5000) expectEqual(rendered.slice(0, (rendered.length * 7) / 11));
      }
    }
    expect(count).toBeGreaterThan(500);
    expect(quick / count).toBeGreaterThan(0.9);
  });
});

describe("against the yaml package", () => {
  const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, false),
      fc.integer(),
      fc.string(),
      fc.constantFrom("1.10", "017", "yes", "2001-01-01", "a: b", " x ", "", "two\nlines\n", "- x", "{y}"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value;

  it("reads what it writes", () => {
    fc.assert(
      fc.property(json, fc.constantFrom("QUOTE_DOUBLE" as const, "QUOTE_SINGLE" as const), (data, quotes) => {
        // In quotes: what plain text means is where the package and PyYAML differ.
        const text = stringify(
          { data },
          { version: "1.1", lineWidth: 60, defaultStringType: quotes, defaultKeyType: quotes },
        );
        const { data: loaded, problems } = loadYaml(text);
        expect(problems).toEqual([]);
        expect(loaded === undefined ? loaded : toTyped(loaded)).toEqual(toTyped(fromJson({ data })));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads ordinary definitions alike", () => {
    const text = "a:\n  '1.10':\n    full_name: A\n    msiexec: True\n    install_flags: >-\n      /S\n      /x\n";
    expect(toJson(loadYaml(text).data!)).toEqual(parseDocument(text, { version: "1.1" }).toJS());
  });
});
