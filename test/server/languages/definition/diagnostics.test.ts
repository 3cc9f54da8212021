import { describe, expect, it } from "vitest";
import { LineTable } from "../../../../engine/lines.js";
import type { Finding } from "../../../../engine/lint/finding.js";
import { toDiagnostics } from "../../../../server/languages/definition/diagnostics.js";
import { fullClient } from "../../clients.js";

const text = "tool:\n  1.10:\n    full_name: Tool\n";
const lines = new LineTable(text);
const finding: Finding = {
  file: "a.sls",
  code: "version-not-string",
  severity: "error",
  message: "The version is a number.",
  salt: "Salt drops the file.",
  range: { start: text.indexOf("1.10"), end: text.indexOf("1.10") + 4 },
  profiles: ["windows-x86"],
  everyProfile: false,
  related: [{ file: "b.sls", range: { start: 6, end: 8 }, message: "There." }],
  suggestions: [],
};

describe("diagnostics", () => {
  it("say what, where, for which profiles, and what Salt does", () => {
    expect(toDiagnostics([finding], lines, () => undefined, fullClient)).toEqual([
      {
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } },
        severity: 1,
        code: "version-not-string",
        source: "winrepo",
        message: "The version is a number. [windows-x86] Salt drops the file.",
      },
    ]);
  });

  it("point to other files with positions of their own", () => {
    const lookup = (path: string) => ({ uri: `file:///${path}`, lines: new LineTable("x:\n  y: 1\n") });
    expect(toDiagnostics([finding], lines, lookup, fullClient)[0]?.relatedInformation).toEqual([
      {
        location: {
          uri: "file:///b.sls",
          range: { start: { line: 1, character: 3 }, end: { line: 1, character: 5 } },
        },
        message: "There.",
      },
    ]);
  });

  it("grey out what is of no use", () => {
    const unused = { ...finding, code: "unused-set", related: [] };
    expect(toDiagnostics([unused], lines, () => undefined, fullClient)[0]?.tags).toEqual([1]);
  });
});
