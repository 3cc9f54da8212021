import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DefinitionView } from "../../engine/definition/view.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { equal } from "../../engine/value/operators.js";
import { str } from "../../engine/value/repr.js";
import { Dict, type Value } from "../../engine/value/types.js";
import { bothProfiles } from "../lint/support.js";
import { hasShared, sharedJson, sharedPath } from "../shared.js";

/** Where the model and what Salt stores differ: each a sentence. */
function differences(source: string): string[] {
  const [profile] = bothProfiles;
  if (!profile) throw new Error("there are built-in profiles");
  const rendered = renderDefinition(source, { path: "a.sls", profile });
  const found: string[] = [];
  const { packages } = new DefinitionView(source, rendered);
  // Renderers other than YAML give data alone.
  if (!rendered.root || rendered.problems.length > 0 || !(rendered.data instanceof Dict)) return found;
  const names = (data: Value) => (data instanceof Dict ? [...data.keys()].map(str) : []);
  const compare = (what: string, model: readonly string[], data: Value) => {
    const stored = names(data);
    if (model.length !== stored.length || model.some((name) => !stored.includes(name))) {
      found.push(`${what}: ${model.join()} is not ${stored.join()}`);
    }
  };
  compare(
    "packages",
    packages.map(({ name }) => name),
    rendered.data,
  );
  for (const view of packages) {
    const versions = rendered.data.get(view.key.value);
    compare(
      view.name,
      view.versions.map(({ name }) => name),
      versions ?? null,
    );
    for (const version of view.versions) {
      const stored = versions instanceof Dict ? versions.get(version.key.value) : undefined;
      compare(`${view.name} ${version.name}`, [...version.attributes.keys()], stored ?? null);
      for (const { name, key, value } of version.attributes.values()) {
        const data = stored instanceof Dict ? stored.get(key.value) : undefined;
        if (data === undefined || !equal(data, value))
          found.push(`${view.name} ${version.name} ${name} has another value`);
      }
    }
  }
  return found;
}

describe("the model holds what Salt stores", () => {
  it.each([
    ["plain", "app:\n  '1': {full_name: A}\n"],
    ["a merge key", "x: &x {full_name: A, installer: i}\napp:\n  '1': {<<: *x, full_name: B}\n"],
    ["a merge of several", "#!yaml\nx: &x {a: 1}\ny: &y {a: 2, b: 3}\napp:\n  '1': {<<: [*x, *y], c: 4}\n"],
    ["a merge of merged", "#!yaml\nx: &x {a: 1}\ny: &y {<<: *x, b: 3}\napp:\n  '1': {<<: *y}\n"],
    ["a quoted merge key", "#!yaml\nx: &x {full_name: A}\napp:\n  '1': {'<<': *x, installer: i}\n"],
    ["a merge of versions", "#!yaml\nx: &x\n  '1': {full_name: A}\napp:\n  <<: *x\n  '2': {full_name: B}\n"],
  ])("%s", (_what, source) => {
    expect(differences(source)).toEqual([]);
  });

  it.skipIf(!hasShared)("in the corpus and in the measured folders", () => {
    const corpus = (readdirSync(sharedPath("corpus/salt-winrepo-ng"), { recursive: true }) as string[])
      .filter((file) => file.endsWith(".sls"))
      .map((file) => readFileSync(sharedPath(`corpus/salt-winrepo-ng/${file}`), "utf8"));
    const vectors =
      sharedJson<readonly { readonly files: { readonly [file: string]: string } }[]>("vectors/genrepo.json");
    const sources = [...corpus, ...vectors.flatMap(({ files }) => Object.values(files))];
    expect(sources.flatMap((source) => differences(source))).toEqual([]);
  });
});
