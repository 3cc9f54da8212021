import type { CliIo } from "./command.js";
import { runCli } from "./program.js";

const abort = new AbortController();
process.once("SIGINT", () => abort.abort());
process.once("SIGTERM", () => abort.abort());
// `winrepo … | head` closes the pipe early; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const io: CliIo = {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  color: process.env.NO_COLOR ? false : Boolean(process.stdout.isTTY || process.env.FORCE_COLOR),
  signal: abort.signal,
};
process.exitCode = await runCli(process.argv.slice(2), io);
