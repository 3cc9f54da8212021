import { describe, expect, it } from "vitest";
import { LineTable } from "../../engine/lines.js";
import { Baseline, BaselineError, writeBaseline } from "../../engine/lint/baseline.js";
import type { Finding } from "../../engine/lint/finding.js";
import { lintText } from "./support.js";

const known = "app:\n  '1.0':\n    full_name: App\n    foo: 1\n";

function baselineOf(source: string): Baseline {
  const lines = new LineTable(source);
  return Baseline.parse(writeBaseline(lintText(source).map((finding): [Finding, LineTable] => [finding, lines])));
}

describe("a baseline", () => {
  it("hides what it knows, also when lines move", () => {
    const moved = `# a new line\n${known}`;
    expect(baselineOf(known).unknown(lintText(moved), new LineTable(moved))).toEqual([]);
  });

  it("reports what is new, and a second one of what it knows once", () => {
    const more = `${known}    bar: 2\n  '1.1':\n    full_name: App\n    foo: 1\n`;
    const found = baselineOf(known).unknown(lintText(more), new LineTable(more));
    expect(found.map(({ message }) => message)).toEqual([
      "'bar' of 'app 1.0' is no attribute that Salt knows.",
      "'foo' of 'app 1.1' is no attribute that Salt knows.",
    ]);
  });

  it.each(["", "[]", "{}", '{"version": 1}', '{"version": 1, "findings": [{"file": 1}]}'])("refuses %j", (text) => {
    expect(() => Baseline.parse(text)).toThrow(BaselineError);
  });
});
