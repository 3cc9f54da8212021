import { describe, expect, it } from "vitest";
import { str } from "../../engine/value/repr.js";
import { loadYaml, type YamlMapping, type YamlNode } from "../../engine/yaml/index.js";

function sourceOf(text: string, node: YamlNode | undefined): string | undefined {
  return node && text.slice(node.span.start, node.span.end);
}

function mapping(node: YamlNode | undefined): YamlMapping {
  if (node?.kind !== "mapping") throw new Error(`a mapping was expected, not ${node?.kind}`);
  return node;
}

/** The node at a path of keys and indexes. */
function at(text: string, ...path: (string | number)[]): YamlNode | undefined {
  let node = loadYaml(text).root;
  for (const step of path) {
    if (node?.kind === "mapping") node = node.pairs.find(({ key }) => str(key.value) === step)?.value;
    else node = node?.kind === "sequence" && typeof step === "number" ? node.items[step] : undefined;
  }
  return node;
}

describe("ranges", () => {
  const text = [
    "app:",
    "  '1.10': # newest",
    "    full_name: App 1.10   # shown",
    "    flags: |",
    "      /S",
    "      /x",
    "",
    "    list:",
    "    - a",
    "    - {b: c, d: [e]}",
    "    empty:",
    "    multi: one",
    "      two",
    "",
    "other: x",
  ].join("\n");

  it.each<[(string | number)[], string]>([
    [["app", "1.10", "full_name"], "App 1.10"],
    [["app", "1.10", "list"], "- a\n    - {b: c, d: [e]}"],
    [["app", "1.10", "list", 1], "{b: c, d: [e]}"],
    [["app", "1.10", "list", 1, "d"], "[e]"],
    [["app", "1.10", "multi"], "one\n      two"],
    [["app", "1.10", "empty"], ""],
    [["other"], "x"],
  ])("%j is %j", (path, source) => {
    expect(sourceOf(text, at(text, ...path))).toBe(source);
  });

  it("of a key are its text with the quotes, of a mapping all of its pairs", () => {
    const [pair] = mapping(at(text, "app")).pairs;
    expect(sourceOf(text, pair?.key)).toBe("'1.10'");
    expect(sourceOf(text, pair?.value)).toMatch(/^full_name: App.*two$/s);
  });

  it("know the style of a scalar", () => {
    const styles = "[plain, 'single', \"double\"]";
    const root = loadYaml(styles).root;
    expect(root?.kind === "sequence" && root.items.map((item) => item.kind === "scalar" && item.style)).toEqual([
      "plain",
      "single-quoted",
      "double-quoted",
    ]);
    expect(at("a: |\n  x\n", "a")).toMatchObject({ style: "literal" });
    expect(at("a: >\n  x\n", "a")).toMatchObject({ style: "folded" });
    expect(at("a:\n", "a")).toMatchObject({ style: "empty", value: null });
  });

  it("count what lies before a byte order mark or behind wide characters in UTF-16", () => {
    const wide = "\ufeff'😀': [é, 😀x]\n";
    const root = mapping(loadYaml(wide).root);
    expect(sourceOf(wide, root.pairs[0]?.key)).toBe("'😀'");
    expect(sourceOf(wide, root.pairs[0]?.value)).toBe("[é, 😀x]");
  });
});

describe("aliases and merges", () => {
  const text = "base: &b {x: 1, y: 2}\nuse: *b\nmore:\n  <<: *b\n  y: 3\n";

  it("stand for the node that they name", () => {
    const root = mapping(loadYaml(text).root);
    expect(root.pairs[1]?.value).toBe(root.pairs[0]?.value);
  });

  it("stay pairs in the tree and are merged in the value", () => {
    const more = mapping(at(text, "more"));
    expect(more.pairs.map(({ key }) => key.value)).toEqual(["<<", "y"]);
    expect(str(more.value)).toBe("{'x': 1, 'y': 3}");
  });

  it("give every node a value, also one that is only merged", () => {
    const inline = mapping(at("a:\n  <<: {x: {y: [1]}}\n", "a")).pairs[0]?.value;
    expect(str(mapping(inline).value)).toBe("{'x': {'y': [1]}}");
  });
});

describe("texts with problems", () => {
  it("have the tree up to a syntax error", () => {
    const text = "a:\n  b: 1\n  c:\n    d: [x, y\ne: 2\n";
    const { root, data, problems } = loadYaml(text);
    expect(data).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(str(mapping(root).value)).toBe("{'a': {'b': 1, 'c': {'d': ['x', 'y e']}}}");
  });

  it("keep a key whose value is not there yet", () => {
    expect(str(mapping(loadYaml("a:\n  full_name: x\n  'installer").root).value)).toBe("{'a': {'full_name': 'x'}}");
    expect(str(mapping(loadYaml("a: {b: 1, c: @").root).value)).toBe("{'a': {'b': 1, 'c': None}}");
  });

  it("report a merge that cannot be made once", () => {
    const { problems, root } = loadYaml("a:\n  <<: 5\n  b: 1\n");
    expect(problems.map(({ code }) => code)).toEqual(["yaml-merge"]);
    expect(str(mapping(root).value)).toBe("{'a': {'b': 1}}");
  });

  it("report every duplicate key, at the key", () => {
    const text = "a:\n  x: 1\n  x: 2\nb:\n  y: 1\n  y: 2\n  y: 3\n";
    const { problems, root } = loadYaml(text);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ["yaml-duplicate-key", 3],
      ["yaml-duplicate-key", 6],
      ["yaml-duplicate-key", 7],
    ]);
    expect(problems.map(({ range }) => text.slice(range.start, range.end))).toEqual(["x", "y", "y"]);
    expect(str(mapping(root).value)).toBe("{'a': {'x': 1}, 'b': {'y': 1}}");
  });

  it.each([
    ["a: [", "yaml-syntax"],
    ["a: \u0007", "yaml-syntax"],
    ["a: \ud800", "yaml-syntax"],
    ["a: 1\na: 2", "yaml-duplicate-key"],
    ["{a}: 1", "yaml-unhashable-key"],
    ["a: !x y", "yaml-tag"],
    ["a: =", "yaml-tag"],
    ["a: *x", "yaml-alias"],
    ["a: &x 1\nb: &x 2", "yaml-alias"],
    ["<<: 1", "yaml-merge"],
    ["a\n---\nb", "yaml-multiple-documents"],
    ["a: 0_", "yaml-value"],
    ["a: !!float x", "yaml-value"],
    ["&a [*a]", "yaml-limit"],
  ])("%j is %s", (text, code) => {
    expect(loadYaml(text).problems[0]?.code).toBe(code);
  });

  it("name Salt's line, and a range inside the text", () => {
    const [tab] = loadYaml("a:\n\tb: 1\n").problems;
    expect(tab).toMatchObject({ line: 2, range: { start: 3, end: 4 } });
    expect(tab?.salt).toBe("Failed to compile, found character that cannot start any token ");
  });

  it.each([
    ["a: 1\nb: 'x  \nc: d\n", "'x", 4],
    ["a: 1\nb\n c\nd: e\n", "b", 4],
    ['a: "x\n---\n', '"x', 2],
  ])("%j is shown where it begins: %j", (text, shown, line) => {
    const [problem] = loadYaml(text).problems;
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe(shown);
    expect(problem?.line).toBe(line);
  });

  it.each([
    ["a: @x", "Quote a value that begins with @."],
    ["a: %ProgramFiles%\\x", "Quote a value that begins with %."],
    ["a:\n\tb: 1", "Indent with blanks; YAML does not allow tabs there."],
    [
      'a: "C:\\Windows"',
      "In double quotes a backslash begins an escape sequence; write Windows paths in single quotes.",
    ],
    ["a: b: c", "Quote the value if the colon belongs to it; otherwise check the indentation and the line above."],
    ["a: 'x' y", "The indentation fits none of the keys above, or something stands behind a closing quote or bracket."],
    ["{{ x }}: 1", "Quote the key: to YAML, a brace or bracket at its start makes it a mapping or list."],
  ])("%j comes with advice: %s", (text, advice) => {
    expect(loadYaml(text).problems[0]?.advice).toBe(advice);
  });
});
