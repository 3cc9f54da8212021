import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { build, type Plugin } from "esbuild";
import { expect, it } from "vitest";
import * as library from "vscode-languageserver/node";
import type { Rule } from "../../engine/lint/rule.js";
import { rules } from "../../engine/lint/rules/index.js";
import { saltFeatures } from "../../engine/salt-version/features.js";
import { withoutDocumentation, withoutUnreadTypes } from "../../scripts/unread-parts.mjs";

const root = path.resolve(import.meta.dirname, "../..");

/** What a module exports once it is bundled. */
async function bundled(contents: string, plugin: Plugin): Promise<Record<string, unknown>> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    plugins: [plugin],
  });
  const module = { exports: {} };
  const run = vm.runInThisContext(`(function (module, require) {${outputFiles[0]?.text}\n})`);
  run(module, createRequire(import.meta.url));
  return module.exports;
}

it("leaves out a rule's title, example and why it matters, and nothing else of it", async () => {
  const { rules: lean } = await bundled(`export * from "./engine/lint/rules/index.ts"`, withoutDocumentation);
  const rest = rules.map(({ meta: { title, why, example, ...kept } }) => kept);
  expect((lean as Rule[]).map(({ meta }) => meta)).toEqual(rest);
});

it("leaves out what a table says of Salt's features, and keeps their releases", async () => {
  const { saltFeatures: lean } = await bundled(
    `export * from "./engine/salt-version/features.ts"`,
    withoutDocumentation,
  );
  const rest = Object.entries(saltFeatures).map(([name, { since }]) => [name, { since }]);
  expect(lean).toEqual(Object.fromEntries(rest));
});

it("keeps what vscode-languageserver reads of its types, and leaves out the rest", async () => {
  const lean = await bundled(`export * from "vscode-languageserver/node"`, withoutUnreadTypes);
  expect(lean.createConnection).toBeTypeOf("function");
  const absent = Object.keys(library).filter((name) => name !== "default" && !(name in lean));
  expect(absent).toContain("SelectionRange");
  const read = ["DocumentUri", "URI", "WorkspaceFolder", "integer", "uinteger"];
  expect(absent.filter((name) => read.includes(name))).toEqual([]);
});
