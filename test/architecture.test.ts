import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

const root = path.resolve(import.meta.dirname, "..");

/**
 * Every module of the engine with the modules it may import, besides itself: the map of ARCHITECTURE.md, held. `engine` stands
 * for the words that all share (the files directly in engine/), `engine/index` for the entry, which exports what all made.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  "engine/hashes": [],
  "engine/installer": [],
  "engine/process": ["engine"],
  "engine/salt-version": [],
  "engine/value": ["engine"],
  "engine/version": ["engine"],
  "engine/regex": ["engine", "engine/value"],
  "engine/yaml": ["engine", "engine/salt-version", "engine/value"],
  "engine/template": ["engine", "engine/hashes", "engine/regex", "engine/salt-version", "engine/value", "engine/yaml"],
  "engine/definition": ["engine", "engine/salt-version", "engine/template", "engine/value", "engine/yaml"],
  "engine/config": ["engine", "engine/files", "engine/salt-version", "engine/value", "engine/yaml"],
  "engine/fetch": ["engine", "engine/files", "engine/process", "engine/salt-version"],
  "engine/git": ["engine", "engine/config", "engine/fetch", "engine/files", "engine/process", "engine/salt-version"],
  "engine/files": ["engine"],
  "engine/state": ["engine", "engine/config", "engine/files"],
  "engine/render": [
    "engine",
    "engine/config",
    "engine/definition",
    "engine/files",
    "engine/salt-version",
    "engine/template",
    "engine/value",
    "engine/version",
    "engine/yaml",
  ],
  "engine/target": [
    "engine",
    "engine/config",
    "engine/files",
    "engine/installer",
    "engine/process",
    "engine/salt-version",
    "engine/state",
    "engine/value",
  ],
  "engine/lint": [
    "engine",
    "engine/config",
    "engine/definition",
    "engine/regex",
    "engine/render",
    "engine/repo",
    "engine/salt-version",
    "engine/template",
    "engine/value",
    "engine/version",
    "engine/yaml",
  ],
  "engine/repo": [
    "engine",
    "engine/config",
    "engine/definition",
    "engine/files",
    "engine/render",
    "engine/salt-version",
    "engine/state",
    "engine/target",
    "engine/value",
    "engine/version",
    "engine/yaml",
  ],
  "engine/pkg": [
    "engine",
    "engine/config",
    "engine/definition",
    "engine/fetch",
    "engine/files",
    "engine/installer",
    "engine/process",
    "engine/render",
    "engine/repo",
    "engine/salt-version",
    "engine/state",
    "engine/target",
    "engine/value",
    "engine/version",
  ],
  "engine/workers": ["engine", "engine/config", "engine/lint", "engine/render", "engine/repo"],
  "engine/cli": [
    "engine",
    "engine/config",
    "engine/definition",
    "engine/files",
    "engine/git",
    "engine/lint",
    "engine/pkg",
    "engine/render",
    "engine/repo",
    "engine/salt-version",
    "engine/state",
    "engine/target",
    "engine/value",
    "engine/version",
    "engine/workers",
    "engine/yaml",
  ],
  "engine/index": [
    "engine",
    "engine/config",
    "engine/definition",
    "engine/fetch",
    "engine/files",
    "engine/git",
    "engine/lint",
    "engine/pkg",
    "engine/render",
    "engine/repo",
    "engine/salt-version",
    "engine/state",
    "engine/template",
    "engine/value",
    "engine/version",
    "engine/yaml",
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

/**
 * The circles of a graph: for each, the nodes in the order in which one leads to the next. Empty when there is none.
 */
function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (node: string): void => {
    if (way.includes(node)) found.push([...way.slice(way.indexOf(node)), node]);
    if (done.has(node) || way.includes(node)) return;
    way.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    way.pop();
    done.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return found;
}

function graphOf(pairs: Iterable<readonly [string, string]>): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of pairs) graph.set(from, (graph.get(from) ?? new Set()).add(to));
  return graph;
}

/** `engine/yaml/loader.ts` lies in `engine/yaml`; `engine/lines.ts` in `engine`; `server/languages/definition/hover.ts` in `server`. */
function moduleOf(file: string): string {
  const parts = file.split("/");
  if (parts[0] !== "engine") return parts[0] ?? "";
  if (/^engine\/(index|browser)\.[jt]s$/.test(file)) return "engine/index";
  return parts.length > 2 ? `engine/${parts[1]}` : "engine";
}

/** The names that stand for one file in browsers, for another in Node. */
const inBrowsers = manifest.imports as { readonly [name: string]: { readonly browser: string } | undefined };

const files = ["client", "server", "engine"].flatMap(sourceFiles);
const edges = files.flatMap((file) =>
  importsOf(file).map((specifier) => ({
    file,
    specifier,
    target: specifier.startsWith(".")
      ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
      : inBrowsers[specifier]?.browser.replace("./", "").replace(/\.ts$/, ".js"),
  })),
);

describe("import directions", () => {
  it("finds the imports that it checks", () => {
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
    const direct = edges.filter(({ specifier }) => /^(node:)?child_process$/.test(specifier));
    expect(direct.map(({ file }) => file)).toEqual(["engine/process/run-line.ts"]);
  });

  it("names every module of the engine", () => {
    const modules = new Set(files.filter((file) => file.startsWith("engine/")).map(moduleOf));
    expect([...modules].sort()).toEqual(Object.keys(allowed).sort());
  });

  it.each(Object.entries(allowed))("lets %s import only %j", (module, modules) => {
    const wrong = edges.filter(
      ({ file, target }) =>
        moduleOf(file) === module && target?.startsWith("engine/") && ![module, ...modules].includes(moduleOf(target)),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps Node away from all that the browser's entry reaches", () => {
    const reached = new Set(["engine/browser.ts"]);
    for (const file of reached) {
      for (const { target } of edges.filter((edge) => edge.file === file))
        if (target) reached.add(target.replace(/\.js$/, ".ts"));
    }
    expect(reached.size).toBeGreaterThan(200);
    const wrong = edges.filter(({ file, specifier }) => reached.has(file) && /^node:/.test(specifier));
    expect(wrong).toEqual([]);
    const buffers = [...reached].filter((file) =>
      /\bBuffer\.[a-z]|: Buffer\b|\bprocess\.[a-z]|\bsetImmediate\(|\b__dirname\b/.test(
        readFileSync(path.join(root, file), "utf8"),
      ),
    );
    expect(buffers).toEqual([]);
  });

  it("lets only the command line import the command line", () => {
    const wrong = edges.filter(
      ({ file, target }) => target?.startsWith("engine/cli/") && !file.startsWith("engine/cli/"),
    );
    expect(wrong).toEqual([]);
  });
});

// What only types tie together is tied: neither can be read, moved or tested without the other.
describe("circles", () => {
  it("are found where there are some", () => {
    const graph = graphOf([
      ["a", "b"],
      ["b", "c"],
      ["c", "b"],
      ["d", "a"],
    ]);
    expect(circles(graph)).toEqual([["b", "c", "b"]]);
  });

  it("are not among the modules", () => {
    expect(
      circles(graphOf(Object.entries(allowed).flatMap(([from, to]) => to.map((module) => [from, module] as const)))),
    ).toEqual([]);
  });

  it("are not among the files, imports of types included", () => {
    const sources = new Set(files);
    const imports = edges.flatMap(({ file, target }) => {
      const source = target?.replace(/\.js$/, ".ts");
      return source !== undefined && sources.has(source) ? [[file, source] as const] : [];
    });
    expect(circles(graphOf(imports))).toEqual([]);
  });
});

describe("invariants", () => {
  it("lets text out in one place per program, without secrets", () => {
    // The streams are opened by the composition roots, and a person's own typing is echoed by the prompt.
    const openers = ["engine/cli/run.ts", "engine/cli/repo/prompt.ts", "server/transport/connection.ts"];
    const others = files.filter((file) => !openers.includes(file) && !file.startsWith("client/"));
    const wrong = others.filter((file) =>
      /\bprocess\.(stdout|stderr)\b|(?<![.\w])console\.\w|\bwriteSync\((1|2)\b/.test(
        readFileSync(path.join(root, file), "utf8"),
      ),
    );
    expect(wrong).toEqual([]);
    // JSON is masked value by value; a text that holds some already cannot be.
    const stringified = files.filter(
      (file) =>
        file.startsWith("engine/cli/") &&
        /(?:stdout|stderr)\.write\((?:[^;]*JSON\.stringify|yamlText)/.test(readFileSync(path.join(root, file), "utf8")),
    );
    expect(stringified).toEqual([]);
  });

  it("makes no code from text", () => {
    // The launcher loads our own bundle, together with what V8 made of it.
    const others = files.filter((file) => file !== "server/launcher.ts");
    const wrong = others.filter((file) =>
      /\bnew Function\b|\beval\(|["'](node:)?vm["']/.test(readFileSync(path.join(root, file), "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});
