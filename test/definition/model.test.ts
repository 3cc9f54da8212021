import { describe, expect, it } from "vitest";
import { type PackageView, subjectOf, viewDefinition } from "../../engine/definition/model.js";
import { str } from "../../engine/value/repr.js";
import { loadYaml } from "../../engine/yaml/index.js";

function view(text: string): PackageView[] {
  return viewDefinition(loadYaml(text).root);
}

/** `package version key=value, …` of every version. */
function outline(text: string): string[] {
  return view(text).flatMap(({ versions }) =>
    versions.map((version) => {
      const attributes = [...version.attributes.values()].map(({ name, value }) => `${name}=${str(value)}`);
      return `${subjectOf(version)}: ${attributes.join(", ")}`;
    }),
  );
}

describe("the model of a definition", () => {
  it("has packages, versions and attributes in their order, as Salt would print them", () => {
    const text = "b:\n  '2.0': {full_name: B, msiexec: yes}\n  1.10:\n    full_name: B\na:\n  latest: {installer: x}\n";
    expect(outline(text)).toEqual(["b 2.0: full_name=B, msiexec=True", "b 1.1: full_name=B", "a latest: installer=x"]);
  });

  it("knows the place of every part", () => {
    const text = "pkg:\n  '1.0':\n    full_name: 'A  B'\n";
    const [version] = view(text)[0]?.versions ?? [];
    const name = version?.attributes.get("full_name");
    const source = (span = { start: 0, end: 0 }) => text.slice(span.start, span.end);
    expect(source(version?.key.span)).toBe("'1.0'");
    expect(source(name?.key.span)).toBe("full_name");
    expect(source(name?.node.span)).toBe("'A  B'");
  });

  it("resolves merges as Salt does: what stands in the mapping itself wins", () => {
    const text = [
      "a:",
      "  '1': &base {full_name: A, install_flags: /S}",
      "  '2':",
      "    <<: *base",
      "    full_name: A 2",
      "  '3':",
      "    <<: [*base, {msiexec: True}]",
    ].join("\n");
    expect(outline(text)).toEqual([
      "a 1: full_name=A, install_flags=/S",
      "a 2: install_flags=/S, full_name=A 2",
      "a 3: full_name=A, install_flags=/S, msiexec=True",
    ]);
  });

  it("takes what is there of a text that is wrong or half written", () => {
    expect(outline("a:\n  '1.0':\n    full_name: A\n    installer: 'https")).toEqual([
      "a 1.0: full_name=A, installer=None",
    ]);
    expect(view("- a\n- b\n")).toEqual([]);
    expect(view("")).toEqual([]);
    expect(view("a:\nb: text\nc: {'1': x}\n").map(({ name, versions }) => [name, versions.length])).toEqual([
      ["a", 0],
      ["b", 0],
      ["c", 1],
    ]);
  });
});
