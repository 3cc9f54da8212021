import type { NotFinished, RenderHost, RenderTask } from "./render-host.js";

/** So many documents go to a worker at once: the way there and back costs more than a small document. */
const batchSize = 40;

/**
 * Does a task for any number of inputs in batches, as many at a time as the host takes.
 * @param done takes each result, in no order; not those that were not finished because the signal ended them
 * @throws the signal's reason
 */
export async function runInBatches<Setup extends object, Input, Result>(
  host: RenderHost,
  task: RenderTask<Setup, Input, Result>,
  setup: Setup,
  inputs: readonly Input[],
  done: (result: Result | NotFinished, index: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  let next = 0;
  const size = Math.max(1, Math.min(batchSize, Math.ceil(inputs.length / host.width)));
  const work = async () => {
    while (next < inputs.length) {
      const start = next;
      next += size;
      const results = await host.run(task, setup, inputs.slice(start, start + size), signal);
      signal?.throwIfAborted();
      for (const [index, result] of results.entries()) done(result, start + index);
    }
  };
  await Promise.all(Array.from({ length: host.width }, work));
}
