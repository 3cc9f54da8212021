import { expect, it } from "vitest";
import { Random } from "./fuzzer.js";
import { fuzzers } from "./fuzzers.js";

// A few of each, always the same; `npm run fuzz` goes on from there.
it.each(fuzzers.map((fuzzer) => [fuzzer.name, fuzzer] as const))("%s survives what comes", async (_, fuzzer) => {
  for (let seed = 0; seed < 150; seed++) {
    const input = fuzzer.make(new Random(seed));
    expect(Buffer.from(fuzzer.make(new Random(seed))).equals(Buffer.from(input))).toBe(true);
    await fuzzer.check(input);
  }
});
