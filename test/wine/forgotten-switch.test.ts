import { spawnSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LongLived, startLongLived } from "../../engine/process/long-lived.js";
import type { Target } from "../../engine/target/target.js";
import { openWine } from "../../engine/target/wine/wine-target.js";
import { buildFixtures } from "../machines/fixtures.js";
import { whyNoWine, wineTemplate } from "../machines/wine-template.js";

const reason =
  whyNoWine() ?? (spawnSync("Xvfb", ["-help"]).error ? "missing: Xvfb (Debian: apt-get install xvfb)" : undefined);
if (reason) console.warn(`The test of a forgotten silent switch is skipped; ${reason}`);

/** A screen that nobody looks at. */
async function startScreen(): Promise<LongLived & { readonly display: string }> {
  const screen = await startLongLived("Xvfb", ["-displayfd", "2", "-screen", "0", "1024x768x24", "-nolisten", "tcp"]);
  for (let tries = 0; tries < 2_000; tries++) {
    const number = /^(\d+)\n/m.exec(screen.stderr())?.[1];
    if (number) return { ...screen, display: `:${number}` };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await screen.stop();
  throw new Error(`Xvfb does not start: ${screen.stderr()}`);
}

describe.skipIf(reason)("an installer with a window and nobody before it", () => {
  let screen: Awaited<ReturnType<typeof startScreen>>;
  let target: Target;
  beforeAll(async () => {
    screen = await startScreen();
    target = await openWine({ name: "wine", prefix: await wineTemplate(), display: screen.display, throwAway: true });
  });
  afterAll(async () => {
    await target?.close();
    await screen?.stop();
  });

  it("is ended at the time limit; with its switch it installs", async () => {
    const setup = "C:\\winrepo\\setup64.exe";
    await target.put(path.join(buildFixtures(), "setup64.exe"), setup);
    const waiting = await target.run(`"${setup}" `, { timeoutMs: 10_000 });
    expect(waiting).toMatchObject({ timedOut: true, exitCode: undefined });
    const silent = await target.run(`"${setup}" /S`, { timeoutMs: 60_000 });
    expect(silent).toMatchObject({ timedOut: false, exitCode: 0 });
  });
});
