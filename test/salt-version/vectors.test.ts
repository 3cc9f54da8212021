import { describe, expect, it } from "vitest";
import { SaltRelease } from "../../engine/salt-version/release.js";
import { readSaltVersion } from "../../engine/salt-version/salt-version.js";
import { renderTemplate } from "../../engine/template/index.js";
import { repr } from "../../engine/value/repr.js";
import { loadYaml } from "../../engine/yaml/index.js";
import { hasShared, sharedJson } from "../shared.js";

interface Answer {
  readonly output?: string;
  readonly error?: string;
  readonly python?: string;
}

interface Vector {
  readonly id: string;
  readonly template?: string;
  readonly yaml?: string;
  readonly expected: Readonly<Record<string, Answer>>;
}

interface Vectors {
  readonly versions: Readonly<Record<string, string>>;
  readonly jinja: readonly Vector[];
  readonly yaml: readonly Vector[];
  readonly patch_releases: { readonly jinja: readonly Vector[] };
}

/** A release of Salt that was run; a vector names its line, or in words the releases on both sides of a change. */
function releaseOf(name: string, versions: Vectors["versions"]): SaltRelease {
  const text = versions[name] ?? /\(([\d.]+)/.exec(name)?.[1] ?? name;
  const read = readSaltVersion(text);
  if (!read) throw new Error(`no release: ${name}`);
  return new SaltRelease(read.version);
}

describe.skipIf(!hasShared)("what 3006, 3007 and 3008 answer (needs ../shared)", () => {
  const vectors = hasShared ? sharedJson<Vectors>("vectors/salt-versions.json") : undefined;
  const cases = (list: readonly Vector[] = []) =>
    list.flatMap((vector) =>
      Object.entries(vector.expected).map(
        ([name, answer]) =>
          [`${vector.id} on ${name}`, vector, releaseOf(name, vectors?.versions ?? {}), answer] as const,
      ),
    );

  it.each(cases([...(vectors?.jinja ?? []), ...(vectors?.patch_releases.jinja ?? [])]))(
    "%s",
    (_, { template }, salt, answer) => {
      const { text, problems } = renderTemplate(template ?? "", { salt });
      const [problem] = problems;
      if (answer.error === undefined) {
        expect(problem).toBeUndefined();
        expect(text).toBe(typeof answer === "string" ? answer : answer.output);
      } else {
        expect(problem?.salt).toContain(answer.error);
      }
    },
  );

  it.each(cases(vectors?.yaml))("%s", (_, { yaml }, salt, answer) => {
    const { data, problems } = loadYaml(yaml ?? "", salt);
    if (answer.error === undefined) expect(data !== undefined && repr(data)).toBe(answer.python);
    else expect(`${problems[0]?.exception}: ${problems[0]?.message}`).toContain(answer.error);
  });
});
