import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";

// Signals reach the built program also while a template is computed.

const cli = path.resolve(import.meta.dirname, "../../dist/cli.mjs");
const folder = mkdtempSync(path.join(tmpdir(), "winrepo-signals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Many files that each take all that a template may use: far more than a second of work.
const heavy =
  "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}\napp:\n  '1.0':\n    full_name: App\n";
for (let index = 0; index < 60; index += 1) writeFileSync(path.join(folder, `heavy-${index}.sls`), heavy);

/** What a program that handles the signal ends with, as shells count. */
const statusOf: { readonly [signal in NodeJS.Signals]?: number } = { SIGINT: 130, SIGTERM: 143 };

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

async function endedBy(signal: NodeJS.Signals, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, HOME: folder, XDG_CACHE_HOME: folder },
  });
  const ended = new Promise<[number | null, string | null]>((resolve) => {
    child.on("exit", (code, by) => resolve([code, by]));
  });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(child.exitCode, "it works until it is ended").toBeNull();
  child.kill(signal);
  const [code, by] = await ended;
  return { code, signal: by };
}

describe.skipIf(!existsSync(cli) || process.platform === "win32")("a signal", () => {
  it.each([
    ["SIGINT", ["lint", "."]],
    ["SIGTERM", ["genrepo", "."]],
    ["SIGINT", ["render", "."]],
    ["SIGTERM", ["list-available"]],
    ["SIGINT", ["refresh-db"]],
  ] as const)("%s ends winrepo %j while templates are computed", async (signal, args) => {
    const { code, signal: by } = await endedBy(signal, args);
    // By the signal, not because the work was done; what does not end meets the test's own limit.
    expect(by ?? code).toBe(by === null ? statusOf[signal] : signal);
  });
});
