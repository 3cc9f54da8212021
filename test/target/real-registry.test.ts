import { afterEach, expect, it, vi } from "vitest";
import type { Connection } from "../../engine/target/real/connection.js";
import { RealRegistry } from "../../engine/target/real/real-registry.js";

afterEach(() => {
  vi.useRealTimers();
});

it("reads the keys of users once for both views, however slow the machine is", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  let reads = 0;
  const connection = {
    tempFolder: "C:\\Temp",
    tool: async () => {
      reads += 1;
      return { exitCode: 1, output: "", timedOut: false };
    },
  } as unknown as Connection;
  const registry = new RealRegistry(connection);
  const read = (view: "64" | "32") => registry.read("HKU", "S-1-5-18\\Software", view, 1);
  await read("64");
  vi.setSystemTime(Date.now() + 3_600_000);
  await read("32");
  expect(reads).toBe(1);
  await read("64");
  registry.forget();
  await read("32");
  expect(reads).toBe(3);
});
