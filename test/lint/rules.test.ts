import { describe, expect, it } from "vitest";
import { fixAll } from "../../engine/lint/fix.js";
import { rules } from "../../engine/lint/rules/index.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { cases } from "./cases/index.js";
import { bothProfiles, fileServerOf, lintText, unmark } from "./support.js";

const workspaceCodes = rules.filter(({ kind }) => kind === "workspace").map(({ meta }) => meta.code);

/** What the cases of rules that look at `salt://` find there. */
const fileServer = fileServerOf(
  "win/repo-ng/app/my setup.exe",
  "win/repo-ng/app/init.sls",
  "win/repo-ng/tools/_/app/app.exe",
  "win/repo-ng/only/init.sls",
);
const looksAtFiles = ["salt-file-missing", "own-file-in-checkout"];

/** Only the findings of one rule, which is on whatever its default. */
function findingsOf(code: string, source: string) {
  const { severity } = rules.find(({ meta }) => meta.code === code)?.meta ?? {};
  const levels = severity === "off" ? { [code]: "warning" as const } : {};
  const found = lintText(source, levels, "app.sls", looksAtFiles.includes(code) ? fileServer : undefined);
  return found.filter((finding) => finding.code === code);
}

describe.each(Object.entries(cases))("%s", (code, { bad, good }) => {
  it.each(bad.map((entry) => (typeof entry === "string" ? { source: entry } : entry)))("finds %j", (entry) => {
    const { source, range } = unmark(entry.source);
    const [first, ...more] = findingsOf(code, source);
    expect(first, "no finding").toBeDefined();
    const marked = source.slice(range.start, range.end);
    expect(source.slice(first?.range.start, first?.range.end)).toBe(marked);
    expect(first?.range).toEqual(range);
    expect(more.map((finding) => source.slice(finding.range.start, finding.range.end))).toEqual([]);
    if (entry.profiles) {
      expect(first?.profiles).toEqual(entry.profiles);
      expect(first?.everyProfile).toBe(false);
    }
  });

  const fixed = bad.flatMap((entry) => (typeof entry !== "string" && entry.fixed !== undefined ? [entry] : []));
  it.runIf(fixed.length > 0).each(fixed)("fixes %j", ({ source: marked, fixed: expected }) => {
    const { source } = unmark(marked);
    const result = fixAll(source, (text) => findingsOf(code, text));
    expect(result.text).toBe(expected);
    expect(result.findings).toEqual([]);
    expect(fixAll(result.text, (text) => findingsOf(code, text)).applied, "a second time changes nothing").toEqual([]);
    for (const profile of bothProfiles) {
      expect(renderDefinition(result.text, { path: "app.sls", profile }).problems).toEqual([]);
    }
  });

  it.each(good)("is silent about %j", (source) => {
    expect(findingsOf(code, source)).toEqual([]);
  });
});

describe("every rule", () => {
  it("has cases of its own, or is a problem of rendering, or looks across files", () => {
    const without = rules.filter(
      ({ kind, meta }) => kind !== "problem" && kind !== "workspace" && !(meta.code in cases),
    );
    expect(without.map(({ meta }) => meta.code)).toEqual([]);
  });

  // What decides is not the text that a page could show.
  const beyondText = ["not-utf8", "own-file-in-checkout"];
  const single = rules.filter(({ meta }) => !workspaceCodes.includes(meta.code) && !beyondText.includes(meta.code));
  it.each(single.map(({ meta }) => meta))("$code: the examples of its page are what they say", ({ code, example }) => {
    expect(findingsOf(code, example.bad)).not.toEqual([]);
    expect(findingsOf(code, example.good)).toEqual([]);
    const errors = lintText(example.good).filter(({ severity }) => severity === "error");
    expect(errors, "the good example has an error").toEqual([]);
  });

  it("says what it means in whole sentences", () => {
    for (const { meta } of rules) {
      for (const sentence of [meta.title, meta.why]) expect(sentence, meta.code).toMatch(/[.:!?]$/);
      expect(meta.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });

  it("has a code of its own", () => {
    const codes = rules.map(({ meta }) => meta.code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
