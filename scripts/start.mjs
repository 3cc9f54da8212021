// The main job, shown on a copy of examples/: lint, fix, refresh, install, upgrade, list, remove on the embedded machine.
// Each step is a real command of the command line, printed before it runs.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
await import("./setup.mjs");
const { examplePort, serveExamples } = await import("./serve-examples.mjs");

const color = process.stdout.isTTY || Boolean(process.env.FORCE_COLOR);
const paint = (format, text) => (color ? styleText(format, text) : text);
const say = (text = "") => process.stdout.write(`${text}\n`);

const scratch = mkdtempSync(path.join(tmpdir(), "winrepo-start-"));
const folder = path.join(scratch, "examples");
const server = await serveExamples();
let failed = false;

try {
  cpSync(path.join(root, "examples"), folder, { recursive: true, filter: (file) => !file.endsWith("installers") });
  if (server.port !== examplePort) pointTo(server.port);

  say(paint("bold", "\nWinrepo: one definition's way, from the file to the machine"));
  say("Everything below runs on a copy of examples/ and on a simulated Windows beside that copy.");

  step("1  Lint the repository, for 64-bit and 32-bit Windows at once");
  await winrepo(["lint"], 1);
  step("2  Apply the safe fixes, then look again");
  await winrepo(["lint", "--fix"], 0);
  step("3  Build the package database of the machine, as pkg.refresh_db does");
  await winrepo(["refresh-db"], 0);
  step("4  Install two packages: an MSI in its older version, and an NSIS setup");
  await winrepo(["install", "hello=1.0.0", "notes"], 0);
  step("5  Upgrade what has a newer version (Salt's own pkg.upgrade does nothing)");
  await winrepo(["upgrade", "hello"], 0);
  step("6  What is installed now");
  await winrepo(["list-pkgs"], 0);
  step("7  Remove one");
  await winrepo(["remove", "notes"], 0);
} finally {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
}

say();
if (failed) {
  say(paint("red", "Something above did not go as it should."));
  process.exitCode = 1;
} else {
  say(paint("green", "Done: everything went as it should."));
  say("\nThe same in an editor, with squiggles, fixes and a live preview:");
  say("  npm run package                          builds winrepo.vsix");
  say("  code --install-extension winrepo.vsix    installs it");
  say("  code examples                            opens this repository; start with palette.sls");
  say("  npm run serve-examples                   serves the installers while you try Install Package");
}

function step(title) {
  say(`\n${paint(["bold", "cyan"], title)}`);
}

/** Runs the command line in the copy, with its output as it comes. */
function winrepo(args, expected) {
  say(paint("dim", `$ winrepo ${args.join(" ")}`));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, "dist/cli.mjs"), ...args], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, WINREPO_STATE: path.join(scratch, "state"), ...(color ? { FORCE_COLOR: "1" } : {}) },
      timeout: 60_000,
    });
    child.once("error", reject);
    child.once("close", (status) => {
      if (status !== expected) {
        failed = true;
        say(paint("red", `winrepo ended with exit status ${status}; expected was ${expected}.`));
      }
      resolve();
    });
  });
}

function pointTo(port) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".sls"))) {
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(`127.0.0.1:${examplePort}`, `127.0.0.1:${port}`));
  }
}
