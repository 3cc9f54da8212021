import { readFileSync } from "node:fs";
import { judge } from "./play.js";
import type { Scenario } from "./scenario.js";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("Usage: npm run conformance:pkg -- FILE");
  process.exit(2);
}
const scenarios = JSON.parse(readFileSync(file, "utf8")) as Scenario[];
let equal = 0;
for (const scenario of scenarios) {
  const { id, differences } = await judge(scenario);
  if (differences.length === 0) equal++;
  else console.log([id, ...differences].join("\n    "));
}
console.log(`equal ${equal} of ${scenarios.length}`);
process.exitCode = equal === scenarios.length ? 0 : 1;
