import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { toTyped } from "../../engine/value/convert.js";
import { Dict, PySet, type Value } from "../../engine/value/types.js";
import { loadYaml, loadYamlData } from "../../engine/yaml/index.js";

/** A text, and what PyYAML 6.0.3 on libyaml 0.2.5 with Salt's loader class made of it; made by mutating texts of our own. */
interface Measured {
  readonly yaml: string;
  /** As of {@link toTyped}, with the items of sets in alphabetical order. */
  readonly value?: unknown;
  readonly error?: string;
  readonly message?: string;
  /** Python's text of the whole exception. */
  readonly text?: string;
}

const cases = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../fixtures/yaml-measured.json"), "utf8"),
) as Measured[];

function typed(value: Value): unknown {
  if (Array.isArray(value)) return { l: value.map(typed) };
  if (value instanceof Dict) return { m: [...value].map(([key, item]) => [typed(key), typed(item)]) };
  if (value instanceof PySet) return { set: [...value].map(typed).sort(byText) };
  return toTyped(value);
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function saltMessage({ error = "", message, text }: Measured): string {
  if (error === "ScannerError") return `Failed to compile, ${message} `;
  const compile = error === "ParserError" || error === "ConstructorError";
  return `Failed to ${compile ? "compile" : "read"}, ${text} `;
}

describe("what PyYAML with Salt's loader makes of a text", () => {
  it.each(cases)("$yaml", (measured) => {
    for (const { data, problems } of [loadYaml(measured.yaml), loadYamlData(measured.yaml)]) {
      if (measured.error === undefined) {
        expect(problems).toEqual([]);
        expect(data === undefined ? data : typed(data)).toEqual(measured.value);
        continue;
      }
      const [first] = problems;
      expect(first).toMatchObject({ exception: measured.error, message: measured.message, severity: "error" });
      expect(first?.salt).toBe(saltMessage(measured));
      expect(data).toBeUndefined();
    }
  });
});
