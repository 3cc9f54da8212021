import { describe, expect, it } from "vitest";
import type { Profile } from "../../engine/config/profile.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { hasShared, sharedJson } from "../shared.js";
import { corpusFiles } from "./definitions.js";

interface Expected {
  readonly [file: string]: { readonly status: "ok" | "error" | "abort"; readonly rendered?: string };
}

describe.skipIf(!hasShared).each(["windows-amd64", "windows-x86"])("the corpus under %s", (name) => {
  it("renders to the very text that Salt renders", () => {
    const facts = sharedJson<Omit<Profile, "name" | "environment" | "functions">>(`corpus/profiles/${name}.json`);
    const profile: Profile = { environment: {}, functions: {}, ...facts, name };
    const expected = sharedJson<Expected>(`corpus/expected/${name}.json`);
    const different: string[] = [];
    let compared = 0;
    for (const { path, source } of corpusFiles()) {
      const wanted = expected[path];
      if (wanted?.rendered === undefined) continue;
      compared += 1;
      if (renderDefinition(source, { path, profile }).rendered !== wanted.rendered) different.push(path);
    }
    expect(different).toEqual([]);
    expect(compared).toBe(Object.values(expected).filter((file) => file.rendered !== undefined).length);
    expect(compared).toBe(313);
  });
});
