import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { allPages } from "../scripts/docs/all.js";

const root = path.resolve(import.meta.dirname, "..");

function read(file: string): string {
  try {
    return readFileSync(path.join(root, file), "utf8").replaceAll("\r\n", "\n");
  } catch {
    return "";
  }
}

describe("generated pages", () => {
  it.each(allPages())("$path is fresh", ({ path: file, text }) => {
    expect(read(file) === text, `${file} is out of date: run \`npm run docs\` and commit it`).toBe(true);
  });
});

describe("salt-reference", () => {
  const text = read("docs/salt-reference.md");
  const sections = new Set(Array.from(text.matchAll(/^#+ (\d+(?:\.\d+)?) /gm), ([, number]) => number));
  const files = ["client", "engine", "scripts", "server", "test"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.m?ts$/.test(file))
      .map((file) => path.join(folder, file)),
  );

  const citations = ["docs/salt-reference.md", ...files].flatMap((file) =>
    Array.from(read(file).matchAll(/§(\d+(?:\.\d+)*)(?:(?:–| to §)(\d+(?:\.\d+)*))?/g), ([, from, to]) =>
      [from, to].filter(Boolean).map((section) => ({ file, section })),
    ).flat(),
  );

  it("has every section that is cited", () => {
    expect(citations.length).toBeGreaterThan(100);
    expect(citations.filter(({ section }) => !sections.has(section))).toEqual([]);
  });

  it("is the only document whose sections are cited", () => {
    const others = files.filter((file) => /(?<!salt-reference |, |to )§\d/.test(read(file)));
    expect(others).toEqual([]);
  });
});
