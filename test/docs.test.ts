import { readFileSync } from "node:fs";
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
