import { afterAll, beforeAll, describe, it } from "vitest";
import type { Target } from "../../engine/target/target.js";
import { openWine } from "../../engine/target/wine/wine-target.js";
import { buildFixtures } from "../machines/fixtures.js";
import { caseRows } from "../machines/suite.js";
import { whyNoWine, wineTemplate } from "../machines/wine-template.js";

const reason = whyNoWine();
if (reason) console.warn(`The suite on Wine is skipped; ${reason}`);

describe.skipIf(reason)("target wine", () => {
  let target: Target;
  let fixtures: string;
  beforeAll(async () => {
    fixtures = buildFixtures();
    target = await openWine({ name: "wine", prefix: await wineTemplate(), throwAway: true });
  });
  afterAll(() => target?.close());

  it.each(caseRows)("%s", (_, { run }) => run({ target, fixtures, traits: { unicodeLines: true } }));
});
