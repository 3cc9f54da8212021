import { describe, expect, it } from "vitest";
import { builtinProfiles } from "../../engine/config/builtin-profiles.js";
import type { Profile } from "../../engine/config/profile.js";
import { renderDefinition } from "../../engine/render/render-definition.js";
import { SaltRelease } from "../../engine/salt-version/release.js";
import { formatSaltVersion, readSaltVersion } from "../../engine/salt-version/salt-version.js";
import { renderTemplate } from "../../engine/template/index.js";
import { toJson } from "../../engine/value/convert.js";
import { repr } from "../../engine/value/repr.js";
import type { Json } from "../../engine/value/types.js";
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
  readonly opts: readonly Vector[];
  readonly genrepo: readonly {
    readonly id: string;
    readonly files: Readonly<Record<string, string>>;
    readonly expected: Readonly<
      Record<string, { readonly repo: Json; readonly errors: Readonly<Record<string, string[]>> }>
    >;
  }[];
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

  const render = (source: string, salt: SaltRelease) => {
    const saltVersion = formatSaltVersion(salt.version);
    return renderDefinition(source, { path: "a.sls", profile: { ...(builtinProfiles[0] as Profile), saltVersion } });
  };

  it.each(cases(vectors?.opts))("%s", (_, { template }, salt, answer) => {
    const { rendered, messages } = render(template ?? "", salt);
    if (answer.error === undefined) expect(rendered).toBe(answer.output);
    else expect(messages[0]).toContain(answer.error);
  });

  const folders = (vectors?.genrepo ?? []).flatMap(({ id, files, expected }) =>
    Object.entries(expected).map(([line, answer]) => [`${id} on ${line}`, files["a.sls"] ?? "", line, answer] as const),
  );
  it.each(folders)("%s", (_, source, line, { repo, errors }) => {
    const result = render(source, releaseOf(line, vectors?.versions ?? {}));
    expect(toJson(result.repo)).toEqual(repo);
    expect(result.status === "ok" ? {} : { "a.sls": result.messages }).toEqual(errors);
  });
});

describe("a printed mapping with a long text", () => {
  const template = `{{ {'a': '${"word ".repeat(20)}\\n'} }}`;
  const print = (text: string) => {
    const read = readSaltVersion(text);
    return renderTemplate(template, { salt: new SaltRelease(read?.version) }).text;
  };

  it("is quoted, folded, or neither, as the release does it", () => {
    const words = "word ".repeat(20);
    expect(print("3006.25")).toBe(`{'a': '${words}\\n'}`);
    expect(print("3006.27")).toBe(`{'a': "${"word ".repeat(17).trimEnd()}\n  word word word \\n"}`);
    expect(print("3006.28")).toBe(`{'a': "${words}\\n"}`);
  });
});
