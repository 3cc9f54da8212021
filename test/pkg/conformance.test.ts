import { describe, expect, it } from "vitest";
import { hasShared, sharedJson } from "../shared.js";
import { checkScenario } from "./scenario/play.js";
import type { Scenario } from "./scenario/scenario.js";

describe.skipIf(!hasShared)("what real Salt did on 700 machines", () => {
  it("is what we do, and where Salt gave up, we report the package and do the others", async () => {
    const scenarios = sharedJson<Scenario[]>("vectors/pkg.json");
    const verdicts = [];
    for (const scenario of scenarios) verdicts.push(await checkScenario(scenario));
    expect(verdicts).toHaveLength(700);
    expect(verdicts.filter(({ differences }) => differences.length > 0)).toEqual([]);
  });
});

describe("the check itself", () => {
  const scenario: Scenario = {
    id: "own",
    repo: { x: { "1.0": { full_name: "x", installer: "https://h/x.exe", source_hash: "nonsense" } } },
    registry: { "64": {}, "32": {} },
    sources: ["https://h/x.exe"],
    raises: [],
    cached: [],
    files: [],
    hashes: {},
    call: { fn: "install", args: ["x"], kwargs: {} },
    salt: { result: {}, commands: [], fetched: ["https://h/x.exe"], tasks: [], reboot: false },
  };

  it("sees a difference", async () => {
    const { differences } = await checkScenario(scenario);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(/^result: Salt \{\}, we /);
  });

  it("wants the very error that Salt raised", async () => {
    const { result: _, ...salt } = scenario.salt;
    const other = { ...scenario, loose: true, salt: { ...salt, exception: "KeyError", message: "'1.0'" } };
    expect((await checkScenario(other)).differences[0]).toMatch(/^no problem says/);
  });
});
