import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lint } from "../../engine/lint/lint.js";
import { hasShared } from "../shared.js";
import { corpusFiles, defaultOptions } from "./definitions.js";

interface Reviewed {
  readonly file: string;
  readonly code: string;
  readonly count: number;
  /** Why the warning is true. */
  readonly reason: string;
}

const reviewed = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../lint/corpus-warnings.json"), "utf8"),
) as readonly Reviewed[];

describe.skipIf(!hasShared)("a good repository of 313 definitions", () => {
  const found = hasShared ? lint(corpusFiles(), defaultOptions()) : [];

  it("has one error, and it is a real one", () => {
    const errors = found.filter(({ severity }) => severity === "error");
    expect(errors.map(({ file, code, profiles }) => ({ file, code, profiles }))).toEqual([
      { file: "microsoft-jdk.sls", code: "package-without-versions", profiles: ["windows-x86"] },
    ]);
    expect(errors[0]?.salt).toContain("the whole repository is lost");
  });

  it("has at most 60 warnings, each of them reviewed", () => {
    const warnings = found.filter(({ severity }) => severity === "warning");
    const counts = new Map<string, number>();
    for (const { file, code } of warnings) {
      counts.set(`${file} ${code}`, (counts.get(`${file} ${code}`) ?? 0) + 1);
    }
    const expected = reviewed.map(({ file, code, count }): [string, number] => [`${file} ${code}`, count]);
    expect([...counts].sort()).toEqual(expected.sort());
    expect(warnings.length).toBeLessThanOrEqual(60);
    expect(reviewed.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });
});
