import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { Semaphore } from "../../../engine/pkg/listing/semaphore.js";

it("lets so many through at a time, in order, also past failures", async () => {
  const semaphore = new Semaphore(3);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      semaphore.run(async () => {
        started.push(index);
        most = Math.max(most, ++running);
        await delay(index % 3);
        running--;
        if (index % 4 === 0) throw new Error("no");
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(started).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(15);
});
