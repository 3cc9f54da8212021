import { describe, expect, it } from "vitest";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { type BudgetLimits, defaultLimits } from "../../engine/template/budget.js";
import { renderTemplate, type TemplateHost } from "../../engine/template/index.js";
import { type Json, PyError } from "../../engine/value/types.js";
import { bothProfiles } from "../lint/support.js";
import { hasShared, sharedJson } from "../shared.js";
import { corpusFiles } from "./definitions.js";

const tenth = Object.fromEntries(
  Object.entries(defaultLimits).map(([name, limit]) => [name, Math.floor(limit / 10)]),
) as unknown as BudgetLimits;

// What people write must be far from the limits: nothing that a minion renders without effort may end here.
describe.skipIf(!hasShared)("a tenth of each limit is enough for", () => {
  it("every real definition", () => {
    const stopped = bothProfiles.flatMap((profile) =>
      corpusFiles().filter(({ path, source }) => {
        const { problems } = renderDefinition(source, { path, profile, limits: tenth });
        return problems.some(({ undecided }) => undecided === "limit");
      }),
    );
    expect(stopped.map(({ path }) => path)).toEqual([]);
  });

  it("every template that Salt was asked to render", () => {
    const { contexts, cases } = sharedJson<{
      readonly contexts: readonly { readonly [name: string]: Json }[];
      readonly cases: readonly { readonly id: string; readonly template: string; readonly context: number }[];
    }>("vectors/jinja.json");
    const host: TemplateHost = {
      loadTemplate(path) {
        throw new PyError("TemplateNotFound", path);
      },
    };
    const stopped = cases.filter(({ template, context }) => {
      const { problems } = renderTemplate(template, { context: contexts[context] ?? {}, host, limits: tenth });
      return problems.some(({ undecided }) => undecided === "limit");
    });
    expect(stopped.map(({ id }) => id)).toEqual([]);
  });
});
