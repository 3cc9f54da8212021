import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { Script } from "node:vm";

// What editors start (dist/server.cjs): the bundle of main.ts that lies beside it, together with the code that V8 made of
// it when it was built (scripts/code-cache.mjs). A third of the start goes into compiling without it. V8 itself refuses a
// cache that another version or other flags made, or that belongs to a text of another length; then it compiles as ever.

const bundle = path.join(__dirname, "server-main.cjs");
const script = new Script(Module.wrap(readFileSync(bundle, "utf8")), { filename: bundle, cachedData: cachedCode() });
script.runInThisContext()({}, createRequire(bundle), { exports: {} }, bundle, __dirname);

function cachedCode(): Buffer | undefined {
  try {
    return readFileSync(`${bundle}.cache`);
  } catch {
    return undefined;
  }
}
