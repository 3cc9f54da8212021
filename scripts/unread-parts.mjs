import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

const rules = /[\\/]engine[\\/]lint[\\/]rules[\\/][\w-]+\.ts$/;
const features = /[\\/]engine[\\/]salt-version[\\/]features\.ts$/;
const text = String.raw`(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\x60(?:[^\x60\\]|\\.)*\x60)`;

/** What is read for pages and SARIF alone, as Biome formats it: a property on lines of its own. */
const documentation = [
  // A rule's title, below its code; why it matters, above its example; the example, on one line or down to its own brace.
  { file: rules, property: new RegExp(`(?<=^( +)code: ${text},\n(?: +\\w+: .*\n)*)\\1title: ${text},$`, "gm") },
  { file: rules, property: new RegExp(`^( +)why: ${text},$(?=\n(?:\\1\\w+: .*\n)*\\1example: )`, "gm") },
  { file: rules, property: /^( +)example: \{(?: .*\},|\n[\s\S]*?\n\1\},)$/gm },
  // What a table of differences says of a feature, and what dates it.
  { file: features, property: new RegExp(`^    (?:title|before|after): ${text},$`, "gm") },
  { file: features, property: /^ {4}evidence: \{.*\},$/gm },
];

/**
 * Leaves documentation out of a bundle: data that the language server would carry along unread. The lines stay, for
 * source maps.
 * @type {import("esbuild").Plugin}
 */
export const withoutDocumentation = {
  name: "without-documentation",
  setup(build) {
    for (const filter of [rules, features]) {
      build.onLoad({ filter }, async (args) => {
        let contents = await readFile(args.path, "utf8");
        for (const { file, property } of documentation)
          if (file === filter) contents = contents.replace(property, (lines) => lines.replace(/.+/g, ""));
        return { contents, loader: "ts" };
      });
    }
  },
};

/**
 * Lets esbuild leave out what nobody reads of vscode-languageserver: the namespaces of its types (TypeScript writes each
 * as a call, which counts as an effect), and the search for modules in the editor's workspace.
 * @type {import("esbuild").Plugin}
 */
export const withoutUnreadTypes = {
  name: "without-unread-types",
  setup(build) {
    build.onLoad({ filter: /vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/ }, async (args) => {
      const namespace =
        /^((?:export )?var (\w+));\n\(function \(\2\) \{\n([\s\S]*?)\n\}\)\(\2 \|\| \(\2 = \{\}\)\);$/gm;
      const contents = await readFile(args.path, "utf8");
      return {
        contents: contents.replace(namespace, "$1 = /* @__PURE__ */ (function ($2) {\n$3\nreturn $2;\n})({});"),
      };
    });
    // The libraries ask for the whole module; they get the names that they read.
    build.onResolve({ filter: /^vscode-languageserver-types$/ }, ({ kind, path, resolveDir }) =>
      kind === "require-call" ? { path, namespace: "read-by-libraries", pluginData: resolveDir } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "read-by-libraries" }, (args) => ({
      contents: `export { ${namesRead().join(", ")} } from "${args.path}";`,
      resolveDir: args.pluginData,
    }));
    build.onLoad({ filter: /vscode-languageserver[\\/]lib[\\/]node[\\/]files\.js$/ }, () => ({ contents: "" }));
  },
};

/** The names of vscode-languageserver-types that its sister packages read. */
function namesRead() {
  const modules = path.resolve("node_modules");
  const types = readFileSync(path.join(modules, "vscode-languageserver-types/lib/esm/main.js"), "utf8");
  const exported = new Set(Array.from(types.matchAll(/^export (?:var|const) (\w+)/gm), ([, name]) => name));
  const read = new Set();
  for (const library of ["vscode-languageserver", "vscode-languageserver-protocol"]) {
    const folder = path.join(modules, library, "lib");
    for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js")))
      for (const [, name] of readFileSync(path.join(folder, file), "utf8").matchAll(/_1\.(\w+)/g)) read.add(name);
  }
  return [...exported].filter((name) => read.has(name));
}
