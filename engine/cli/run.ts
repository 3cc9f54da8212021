import { writeFailure } from "../replace-file.js";
import { visible } from "../visible.js";
import { openRenderHost } from "../workers/open-host.js";
import type { CliWorld } from "./command.js";
import { runCli } from "./program.js";

const abort = new AbortController();
/** What a command may take to tidy up behind itself once a signal has come; a second signal ends it at once. */
const graceMs = 800;
let endedWith: number | undefined;
for (const [signal, status] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
  process.once(signal, () => {
    endedWith = status;
    abort.abort();
    setTimeout(() => process.exit(status), graceMs).unref();
  });
}
// What nobody catches is shown by Node as it is; a message may hold what a server or an installer said.
process.once("uncaughtException", (error) => {
  process.stderr.write(visible(`winrepo: ${error.stack ?? error.message}\n`));
  process.exit(1);
});
// `winrepo … | head` closes the pipe early; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`winrepo: the output cannot be written: ${writeFailure(error)}\n`, () => process.exit(1));
});

const world: CliWorld = {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  color: process.env.NO_COLOR ? false : Boolean(process.stdout.isTTY || process.env.FORCE_COLOR),
  signal: abort.signal,
  renderHost: openRenderHost(),
};
const status = await runCli(process.argv.slice(2), world);
// What came to a good end in spite of a signal did what was asked.
process.exitCode = status === 0 ? 0 : (endedWith ?? status);
