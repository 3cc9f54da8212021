import { describe, expect, it } from "vitest";
import { loadYaml, loadYamlData } from "../../engine/yaml/index.js";

function bomb(levels: number, width: number): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < levels; i++)
    lines.push(
      `a${i}: &a${i} [${Array(width)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  return `${lines.join("\n")}\n`;
}

function mergeBomb(levels: number): string {
  let text = "{k: 1}";
  const lines = [`a0: &a0 ${text}`];
  for (let i = 1; i < levels; i++) {
    text = `{<<: [*a${i - 1}, *a${i - 1}], k${i}: 1}`;
    lines.push(`a${i}: &a${i} ${text}`);
  }
  // Nothing but the last is constructed before the others.
  return `z: {${lines.map((line) => `? ${line.replace(": ", " : ")}`).join(", ")}}\n`;
}

describe("hostile texts", () => {
  const cases: readonly [string, string, string | undefined][] = [
    ["aliases that multiply", bomb(30, 9), "yaml-limit"],
    ["one alias among very many nodes", `a: &a x\nb: [${"x, ".repeat(510_000)}*a]`, undefined],
    ["merges that multiply", mergeBomb(40), undefined],
    ["an alias within itself", "&a [x, *a]", "yaml-limit"],
    ["deep flow sequences", "[".repeat(200_000), "yaml-limit"],
    ["deep flow mappings", "{a: ".repeat(100_000), "yaml-limit"],
    ["deep dashes", `${"- ".repeat(100_000)}x`, "yaml-limit"],
    ["nesting that only Salt's check minds", `${"[".repeat(1100)}${"]".repeat(1100)}`, "yaml-limit"],
    ["a key of a million letters", `${"k".repeat(1_000_000)}: v`, "yaml-syntax"],
    ["a plain scalar over many lines", `a: ${"x\n  ".repeat(100_000)}`, undefined],
    ["an open quote", `a: "${"x ".repeat(300_000)}`, "yaml-syntax"],
    ["many blanks before nothing", `a:${" ".repeat(500_000)}\n${"\n".repeat(500_000)}`, undefined],
    ["many colons", ":".repeat(200_000), undefined],
    ["a hundred thousand keys", Array.from({ length: 100_000 }, (_, i) => `k${i}: ${i}\n`).join(""), undefined],
    ["numbers that never end", `a: ${"1:1".repeat(50_000)}x\nb: ${"1".repeat(100_000)}`, "yaml-value"],
    ["digits and colons", `a: 1${":59".repeat(20_000)}`, undefined],
    ["anchors without number", Array.from({ length: 50_000 }, (_, i) => `- &a${i} x\n`).join(""), undefined],
  ];

  it.each(cases)("%s", (_, text, code) => {
    const { problems, data } = loadYaml(text);
    const fast = loadYamlData(text);
    expect(fast.problems).toEqual(problems);
    if (code !== undefined) expect(problems[0]?.code).toBe(code);
    expect(data === undefined).toBe(problems.length > 0);
  });
});
