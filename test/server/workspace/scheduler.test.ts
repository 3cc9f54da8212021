import { expect, it } from "vitest";
import { Scheduler, StaleError, type Turn } from "../../../server/workspace/scheduler.js";
import { systemClock } from "../../../server/workspace/system-clock.js";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("runs only the last of several pieces of work for one key", async () => {
  const done: number[] = [];
  const scheduler = new Scheduler(systemClock, (error) => expect.fail(String(error)));
  for (const number of [1, 2, 3]) scheduler.schedule("a", 5, async () => void done.push(number));
  scheduler.schedule("b", 5, async () => void done.push(4));
  await pause(40);
  expect(done).toEqual([3, 4]);
});

it("stops work between its steps when newer work replaces it", async () => {
  const steps: string[] = [];
  const work = (name: string) => async (turn: Turn) => {
    for (let step = 0; step < 3; step++) {
      steps.push(`${name}${step}`);
      if (name === "old" && step === 0) scheduler.schedule("a", 0, work("new"));
      await turn.yieldOrAbort();
    }
  };
  const scheduler = new Scheduler(systemClock, (error) => expect.fail(String(error)));
  scheduler.schedule("a", 0, work("old"));
  await pause(40);
  expect(steps).toEqual(["old0", "new0", "new1", "new2"]);
});

it("tells what work throws, but not that it was stale", async () => {
  const errors: unknown[] = [];
  const scheduler = new Scheduler(systemClock, (error) => errors.push(error));
  const failure = new Error("broken");
  scheduler.schedule("a", 0, async () => {
    throw failure;
  });
  scheduler.schedule("b", 0, async () => {
    throw new StaleError();
  });
  await pause(20);
  expect(errors).toEqual([failure]);
});

it("does nothing more after it was disposed", async () => {
  const done: string[] = [];
  const scheduler = new Scheduler(systemClock, () => {});
  scheduler.schedule("a", 5, async () => void done.push("a"));
  scheduler.dispose();
  await pause(20);
  expect(done).toEqual([]);
});

it("knows whether work of a key is waiting, under way or over", async () => {
  const known: boolean[] = [];
  const scheduler = new Scheduler(systemClock, (error) => expect.fail(String(error)));
  scheduler.schedule("a", 5, async (turn) => {
    await turn.yieldOrAbort();
    known.push(scheduler.has("a"));
  });
  known.push(scheduler.has("a"), scheduler.has("b"));
  await pause(40);
  known.push(scheduler.has("a"));
  expect(known).toEqual([true, false, true, false]);
});
