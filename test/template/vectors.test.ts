import { describe, expect, it } from "vitest";
import { renderTemplate, type TemplateHost } from "../../engine/template/index.js";
import { type Json, PyError } from "../../engine/value/types.js";
import { hasShared, sharedJson } from "../shared.js";

interface Vector {
  readonly id: string;
  readonly template: string;
  readonly context: number;
  readonly output?: string;
  readonly error?: string;
  readonly message?: string | null;
  readonly line?: number;
}

/** The machine that measured looked for templates in two folders that are not there, and Jinja named them. */
const host: TemplateHost = {
  loadTemplate(path) {
    throw new PyError("TemplateNotFound", `'${path}' not found in search paths: '/nonexistent', '/nonexistent'`);
  },
};

describe.skipIf(!hasShared)("Jinja as Salt sets it up", () => {
  const { contexts, cases } = hasShared
    ? sharedJson<{ contexts: { [name: string]: Json }[]; cases: Vector[] }>("vectors/jinja.json")
    : { contexts: [], cases: [] };

  it("has vectors", () => expect(cases.length).toBeGreaterThan(500));

  it.each(cases.map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const { text, problems } = renderTemplate(vector.template, { context: contexts[vector.context] ?? {}, host });
    const [problem] = problems;
    if (vector.output !== undefined) {
      expect(problem).toBeUndefined();
      expect(text).toBe(vector.output);
      return;
    }
    expect(problem?.exception).toBe(vector.error);
    if (typeof vector.message === "string") expect(problem?.message).toBe(vector.message);
    if (vector.line !== undefined) expect(problem?.line).toBe(vector.line);
  });
});
