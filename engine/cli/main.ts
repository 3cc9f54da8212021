#!/usr/bin/env node
import { createRequire } from "node:module";

/** What the server reads itself. Anything else is for the command's own help and errors. */
const serverOption = /^--stdio$|^--clientProcessId(=\d+)?$|^\d+$/;

const [command, ...options] = process.argv.slice(2);
if (command === "lsp" && options.includes("--stdio") && options.every((option) => serverOption.test(option))) {
  // An editor waits for the server, which needs nothing of the other commands. The bundle lies beside this one.
  createRequire(import.meta.url)("./server.cjs");
} else {
  await import("./run.js");
}
