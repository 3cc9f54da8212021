import { describe, expect, it } from "vitest";
import { renderTemplate } from "../../engine/template/index.js";
import type { Json } from "../../engine/value/types.js";
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

/** Cases that cannot be equal here, each with its reason. This list may only shrink. */
const differentMessage: Readonly<Record<string, string>> = {
  "macro/26": "the message names the search folders of the machine that measured it",
  "macro/28": "the message names the search folders of the machine that measured it",
};

describe.skipIf(!hasShared)("Jinja as Salt sets it up", () => {
  const { contexts, cases } = hasShared
    ? sharedJson<{ contexts: { [name: string]: Json }[]; cases: Vector[] }>("vectors/jinja.json")
    : { contexts: [], cases: [] };

  it("has vectors", () => expect(cases.length).toBeGreaterThan(500));

  it.each(cases.map((vector) => [vector.id, vector] as const))("%s", (id, vector) => {
    const { text, problems } = renderTemplate(vector.template, { context: contexts[vector.context] ?? {} });
    const [problem] = problems;
    if (vector.output !== undefined) {
      expect(problem).toBeUndefined();
      expect(text).toBe(vector.output);
      return;
    }
    expect(problem?.exception).toBe(vector.error);
    if (typeof vector.message === "string" && !(id in differentMessage)) expect(problem?.message).toBe(vector.message);
    if (vector.line !== undefined) expect(problem?.line).toBe(vector.line);
  });
});
