import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/**
 * What each room may import: itself, and the rooms named here. This is the map of ARCHITECTURE.md, held.
 * `engine` stands for the files that lie directly in engine/ (shared words such as Problem and Progress).
 */
const allowed: Record<string, readonly string[]> = {
  "engine/value": ["engine"],
  "engine/regex": ["engine", "engine/value"],
  "engine/version": ["engine"],
  "engine/yaml": ["engine", "engine/value"],
  "engine/template": ["engine", "engine/value", "engine/regex", "engine/yaml"],
  "engine/definition": ["engine", "engine/value", "engine/yaml"],
  "engine/process": ["engine"],
  "engine/fetch": ["engine", "engine/process"],
  "engine/config": ["engine", "engine/value", "engine/yaml"],
  "engine/render": [
    "engine",
    "engine/value",
    "engine/version",
    "engine/yaml",
    "engine/template",
    "engine/definition",
    "engine/config",
  ],
};

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const found = text.matchAll(
    /(?:^|\s)(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)|^import\s+["']([^"']+)["']/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** `engine/yaml/loader.ts` lies in `engine/yaml`; `engine/index.ts` in `engine`; `server/languages/definition/hover.ts` in `server`. */
function roomOf(file: string): string {
  const parts = file.split("/");
  if (parts[0] !== "engine") return parts[0] ?? "";
  return parts.length > 2 ? `engine/${parts[1]}` : "engine";
}

const files = ["client", "server", "engine"].flatMap(sourceFiles);
const edges = files.flatMap((file) =>
  importsOf(file).map((specifier) => ({
    file,
    specifier,
    target: specifier.startsWith(".")
      ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
      : undefined,
  })),
);

describe("import directions", () => {
  it("finds the imports it judges", () => {
    expect(edges.length).toBeGreaterThan(100);
  });

  it("keeps editors out of the engine", () => {
    const wrong = edges.filter(({ file, specifier }) => file.startsWith("engine/") && /^vscode/.test(specifier));
    expect(wrong).toEqual([]);
  });

  it("keeps vscode out of the server", () => {
    expect(edges.filter(({ file, specifier }) => file.startsWith("server/") && specifier === "vscode")).toEqual([]);
  });

  it("lets the engine import neither server nor client", () => {
    const wrong = edges.filter(
      ({ file, target }) => file.startsWith("engine/") && target && !/^(engine\/|package\.json)/.test(target),
    );
    expect(wrong).toEqual([]);
  });

  it("lets the client know of the server only its protocol", () => {
    const wrong = edges.filter(
      ({ file, target }) => file.startsWith("client/") && target && !/^client\/|^server\/protocol\.js$/.test(target),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps transport and disk out of the language features", () => {
    const wrong = edges.filter(
      ({ file, specifier }) =>
        file.startsWith("server/languages/") &&
        /^node:(fs|net|http|child_process)|languageserver\/node|jsonrpc/.test(specifier),
    );
    expect(wrong).toEqual([]);
  });

  it("starts programs in one place", () => {
    const wrong = edges.filter(
      ({ file, specifier }) => !file.startsWith("engine/process/") && /^(node:)?child_process$|^execa$/.test(specifier),
    );
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(allowed))("lets %s import only %j", (room, rooms) => {
    const wrong = edges.filter(
      ({ file, target }) =>
        roomOf(file) === room && target?.startsWith("engine/") && ![room, ...rooms].includes(roomOf(target)),
    );
    expect(wrong).toEqual([]);
  });

  it("lets only the command line import the command line", () => {
    const wrong = edges.filter(
      ({ file, target }) => target?.startsWith("engine/cli/") && !file.startsWith("engine/cli/"),
    );
    expect(wrong).toEqual([]);
  });
});

describe("invariants", () => {
  it("makes no code from text", () => {
    const wrong = files.filter((file) =>
      /\bnew Function\b|\beval\(|["'](node:)?vm["']/.test(readFileSync(path.join(root, file), "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});
