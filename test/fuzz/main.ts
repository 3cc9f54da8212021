// npm run fuzz -- WHAT [--seconds N] [--seed N]: feeds a part until the time is over; what it fails on is kept, with its seed.
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Random } from "./fuzzer.js";
import { fuzzers } from "./fuzzers.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const chosen = fuzzers.find(({ name }) => name === positionals[0]);
if (!chosen) {
  console.error(`npm run fuzz -- ${fuzzers.map(({ name }) => name).join("|")} [--seconds N] [--seed N]`);
  process.exit(2);
}
const until = Date.now() + Number(values.seconds) * 1000;
let seed = Number(values.seed);
let [runs, slowest, slowestSeed, peak] = [0, 0, seed, 0];
for (; Date.now() < until; seed++, runs++) {
  const input = chosen.make(new Random(seed));
  const started = performance.now();
  try {
    await chosen.check(input);
  } catch (error) {
    mkdirSync(".cache/fuzz", { recursive: true });
    const file = `.cache/fuzz/${chosen.name}-${seed}`;
    writeFileSync(file, input);
    console.error(`${chosen.name} fails with --seed ${seed}, kept as ${file}:`, error);
    process.exit(1);
  }
  const took = performance.now() - started;
  if (took > slowest) [slowest, slowestSeed] = [took, seed];
  if (runs % 200 === 0) peak = Math.max(peak, process.memoryUsage().rss);
}
console.log(
  `${chosen.name}: ${runs} inputs, none failed; the slowest took ${Math.round(slowest)} ms (--seed ${slowestSeed}), ` +
    `memory at most ${Math.round(peak / 1024 ** 2)} MB`,
);
