import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clonePrefix } from "../../engine/target/wine/prefix.js";
import { WineProgram } from "../../engine/target/wine/wine-program.js";
import { whyNoWine, wineTemplate } from "../machines/wine-template.js";
import type { SaltCase } from "../salt/case.js";
import { compareCase } from "../salt/compare.js";
import { Player } from "../salt/player.js";
import { saltTools, withOwnHashes } from "../salt/tools.js";
import { hasShared, sharedJson } from "../shared.js";

const reason = whyNoWine() ?? (hasShared ? undefined : "the folder ../shared is absent");
if (reason) console.warn(`The calls recorded with Salt for Windows are not replayed; ${reason}`);
const { cases } = reason ? { cases: [] } : sharedJson<{ cases: SaltCase[] }>("vectors/wine.json");

describe.skipIf(reason)("calls that Salt for Windows was recorded with", () => {
  let folder: string;
  let player: Player;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "winrepo-replay-"));
    const prefix = path.join(folder, "prefix");
    await clonePrefix(await wineTemplate(), prefix);
    player = await Player.open(prefix, folder, saltTools());
  });
  afterAll(async () => {
    await player?.close();
    await new WineProgram(path.join(folder, "prefix")).end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it.each(cases.map((one) => [one.id, one] as const))("%s", async (_, recorded) => {
    const one = withOwnHashes(recorded, saltTools());
    const outcomes = await player.play(one);
    expect(compareCase(one, outcomes).differences).toEqual([]);
  });
});
