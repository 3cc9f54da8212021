// Bundles the four shapes of the product into dist/ (see ARCHITECTURE.md). `--production` minifies and drops source maps.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { writeNotices } from "./notices.mjs";
import { withoutDocumentation, withoutUnreadTypes } from "./unread-parts.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const production = process.argv.includes("--production");
const withTypes = !process.argv.includes("--no-types");
/** Where the bundles go: the packaging script builds into a folder of its own. */
const outdir = process.argv.find((argument) => argument.startsWith("--outdir="))?.slice("--outdir=".length) ?? "dist";

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  loader: { ".njk": "text" },
};

/**
 * In the CommonJS bundles a dynamic import of `…/lazy-x.ts` becomes a require of `dist/lazy-x.cjs`, so that heavy
 * packages (git, HTML templates) cost nothing until they are used. Such a module only re-exports packages, or hands
 * over plain data alone (server/commands/lazy-actions.ts): a second copy of our own classes would break `instanceof`.
 * One that is imported statically exports functions; the first call of one is what loads it.
 * @returns {esbuild.Plugin}
 */
function lazyModules(found) {
  return {
    name: "lazy-modules",
    setup(build) {
      build.onResolve({ filter: /\/lazy-[\w-]+\.js$/ }, (args) => {
        if (args.kind === "entry-point") return undefined;
        const source = path.resolve(args.resolveDir, args.path.replace(/\.js$/, ".ts"));
        const name = path.basename(source, ".ts");
        found.set(name, source);
        if (args.kind === "dynamic-import") return { path: `./${name}.cjs`, external: true };
        return { path: source, namespace: "lazy-functions" };
      });
      build.onLoad({ filter: /.*/, namespace: "lazy-functions" }, ({ path: source }) => {
        const functions = readFileSync(source, "utf8").matchAll(/^export function (\w+)/gm);
        const load = `require("./${path.basename(source, ".ts")}.cjs")`;
        const calls = Array.from(functions, ([, f]) => `export const ${f} = (...args) => ${load}.${f}(...args);`);
        return { contents: calls.join("\n") };
      });
      build.onResolve({ filter: /^\.\/lazy-[\w-]+\.cjs$/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** What esbuild says went into each bundle: whose notices are to be shipped, and what is audited. */
const metafiles = [];
const bundle = async (options) => metafiles.push((await esbuild.build(options)).metafile);

/** Builds the entry points, then the lazy modules that they name, then those that these name. */
async function buildWithLazyModules(entryPoints, done = new Set()) {
  const found = new Map();
  // As `require`: a bundle that the launcher compiles has no import of its own.
  const supported = { "dynamic-import": false };
  await bundle({
    ...cjs,
    supported,
    entryPoints,
    plugins: [lazyModules(found), withoutDocumentation, withoutUnreadTypes],
  });
  for (const name of Object.keys(entryPoints)) done.add(name);
  const next = Object.fromEntries([...found].filter(([name]) => !done.has(name)));
  if (Object.keys(next).length > 0) await buildWithLazyModules(next, done);
}

rmSync(outdir, { recursive: true, force: true });
const cjs = { ...common, format: "cjs", outExtension: { ".js": ".cjs" }, outdir };
const jobs = [
  bundle({
    ...common,
    format: "esm",
    splitting: true,
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunks/[name]-[hash]",
    entryPoints: {
      engine: "engine/index.ts",
      cli: "engine/cli/main.ts",
    },
    // Packages written in CommonJS call require for Node's own modules.
    banner: {
      js: "import{createRequire as __cr}from'node:module';import{fileURLToPath as __fu}from'node:url';import{dirname as __dn}from'node:path';const require=__cr(import.meta.url),__filename=__fu(import.meta.url),__dirname=__dn(__filename);",
    },
  }),
];
// One file without imports: where everything is in one executable, its text is all there is.
jobs.push(
  esbuild.build({
    ...cjs,
    entryPoints: { "render-worker": "engine/workers/render-worker.ts" },
    plugins: [withoutDocumentation],
  }),
);
if (existsSync("server/main.ts")) {
  jobs.push(buildWithLazyModules({ "server-main": "server/main.ts" }));
  jobs.push(bundle({ ...cjs, entryPoints: { server: "server/launcher.ts" } }));
}
if (existsSync("client/extension.ts")) {
  jobs.push(bundle({ ...cjs, entryPoints: { client: "client/extension.ts" }, external: ["vscode"] }));
  // The preview's page runs in a browser.
  jobs.push(
    bundle({
      ...common,
      platform: "browser",
      target: "es2022",
      outdir,
      entryPoints: ["client/webview/preview.ts", "client/webview/preview.css"],
    }),
  );
}
await Promise.all(jobs);
writeNotices(metafiles, outdir);
execFileSync(process.execPath, ["scripts/code-cache.mjs", path.join(outdir, "server-main.cjs")], { stdio: "inherit" });
if (withTypes)
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "scripts/types.tsconfig.json"], {
    stdio: "inherit",
  });
