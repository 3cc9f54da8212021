import { readFileSync } from "node:fs";
import { checkScenario } from "./play.js";
import type { Scenario } from "./scenario.js";

/** Plays all scenarios of a file; prints those that differ and how many are equal. Gives the exit status. */
async function playFile(file: string): Promise<number> {
  const scenarios = JSON.parse(readFileSync(file, "utf8")) as Scenario[];
  let equal = 0;
  for (const scenario of scenarios) {
    const { id, differences } = await checkScenario(scenario);
    if (differences.length === 0) equal++;
    else console.log([id, ...differences].join("\n    "));
  }
  console.log(`equal ${equal} of ${scenarios.length}`);
  return equal === scenarios.length ? 0 : 1;
}

const [file] = process.argv.slice(2);
if (file) process.exitCode = await playFile(file);
else {
  console.error("Usage: npm run conformance:pkg -- FILE");
  process.exitCode = 2;
}
