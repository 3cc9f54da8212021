import { describe, expect, it } from "vitest";
import { fixAll } from "../../engine/lint/fix.js";
import { lint, sourceText } from "../../engine/lint/lint.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { hasShared, sharedJson } from "../shared.js";
import { corpusFiles, defaultOptions } from "./definitions.js";

interface Source {
  readonly path: string;
  readonly text: string;
}

function sources(): Source[] {
  const defects = sharedJson<{ id: string; before: string; after: string }[]>("corpus/defects.json");
  return [
    ...corpusFiles().map(({ path, source }) => ({ path, text: sourceText(source) })),
    ...defects.flatMap(({ id, before, after }) => [
      { path: `${id}-before.sls`, text: before },
      { path: `${id}-after.sls`, text: after },
    ]),
  ];
}

const statuses = ({ path, text }: Source) =>
  defaultOptions().profiles.map((profile) => renderDefinition(text, { path, profile, dataOnly: true }).status);

describe.skipIf(!hasShared)("safe changes", () => {
  const options = defaultOptions();
  const results = (hasShared ? sources() : []).map((source) => {
    const relint = (text: string) => lint([{ path: source.path, source: text }], options);
    return { source, relint, ...fixAll(source.text, relint) };
  });
  const changed = results.filter(({ text, source }) => text !== source.text);

  it("are made in many files", () => {
    expect(changed.length).toBeGreaterThan(40);
  });

  it("change nothing the second time", () => {
    const again = changed.filter(({ text, relint }) => fixAll(text, relint).text !== text);
    expect(again.map(({ source }) => source.path)).toEqual([]);
  });

  it("break nothing that Salt could read", () => {
    const broken = changed.filter(({ source, text }) => {
      const before = statuses(source);
      const after = statuses({ path: source.path, text });
      return before.some((status, index) => status === "ok" && after[index] !== "ok");
    });
    expect(broken.map(({ source }) => source.path)).toEqual([]);
  });

  it("bring no new kind of error", () => {
    const errors = (findings: readonly { code: string; severity: string }[]) =>
      new Set(findings.filter(({ severity }) => severity === "error").map(({ code }) => code));
    const worse = changed.filter(({ source, findings, relint }) => {
      const before = errors(relint(source.text));
      return [...errors(findings)].some((code) => !before.has(code));
    });
    expect(worse.map(({ source }) => source.path)).toEqual([]);
  });
});
