// Adds up the counts that the suites of a CI run left as JSON, and prints them as the last line: "N passed, N failed".
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node scripts/count-tests.mjs FOLDER");
  process.exit(2);
}
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
  const result = JSON.parse(readFileSync(path.join(folder, name), "utf8"));
  const passed = result.numPassedTests ?? 0;
  // A suite whose file could not even be loaded has failed without a failed test.
  const failed = (result.numFailedTests ?? 0) || (result.success === false ? 1 : 0);
  const skipped = (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
  console.log(`${path.basename(name, ".json").padEnd(10)} ${passed} passed, ${failed} failed, ${skipped} skipped`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
